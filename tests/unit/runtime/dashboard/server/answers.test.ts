import { gunzipSync } from 'node:zlib';
import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import type { PartsSource } from '../../../../../runtime/src/dashboard/api/partsSource.ts';
import { type DefinedView, defineView } from '../../../../../runtime/src/dashboard/api/view.ts';
import { Answers } from '../../../../../runtime/src/dashboard/server/answers.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const INSTANCE = { id: 'a', service: 'shop', hostName: 'a', pid: 1, sinceMillis: 0 };

const thingView = defineView({
  path: 'things/{id}',
  summary: 'A thing',
  query: z.strictObject({ id: z.string().max(20), size: z.coerce.number().int().default(1) }),
  part: z.object({ text: z.string() }),
  result: z.object({ text: z.string() }),
  read: () => ({ text: '' }),
  merge: ([first], { size }) => ({ text: (first?.part.text ?? '').repeat(size) }),
  missing: ({ id }) => `there is no thing ${id}`,
});

/** Answers of parts that a test says, and how often they were asked for. */
function answersOf(collect: PartsSource['collect']) {
  const host = new FakeHost();
  const asked: string[] = [];
  const parts: PartsSource = {
    collect: (view: DefinedView, query) => {
      asked.push(String(query['id']));
      return collect(view, query);
    },
    perform: () => Promise.reject(new Error('nothing is done here')),
  };
  return {
    host,
    asked,
    answers: new Answers({ parts, wallMillis: host.wallMillis, monotonicMillis: host.monotonicMillis }),
  };
}

const saying = (text: string): PartsSource['collect'] => {
  const found = { parts: [{ instance: INSTANCE, part: { text } }], answers: [{ address: 'self', instance: INSTANCE }] };
  return () => Promise.resolve(found);
};

describe('an answer', () => {
  it('is worked out once for all who ask the same within a second, in whatever order they say it', async () => {
    const { host, asked, answers } = answersOf(saying('x'));
    const all = await Promise.all([
      answers.get(thingView, { id: 'one', size: '2' }),
      answers.get(thingView, { size: '2', id: 'one' }),
    ]);
    host.advance(999);
    expect(new Set([...all, await answers.get(thingView, { id: 'one', size: '2' })]).size).toBe(1);
    expect(asked).toEqual(['one']);
    host.advance(1);
    expect(await answers.get(thingView, { id: 'one', size: '2' })).not.toBe(all[0]);
    expect(asked).toEqual(['one', 'one']);
  });

  it('is another one for another question', async () => {
    const { asked, answers } = answersOf(saying('x'));
    const [one, two] = [
      await answers.get(thingView, { id: 'one' }),
      await answers.get(thingView, { id: 'two', size: '2' }),
    ];
    expect(asked).toEqual(['one', 'two']);
    expect([one, two].map(({ body }) => (JSON.parse(body.toString()) as { result: unknown }).result)).toEqual([
      { text: 'x' },
      { text: 'xx' },
    ]);
  });

  it('says when it was given and by whom', async () => {
    const { host, answers } = answersOf(saying('x'));
    const { body } = await answers.get(thingView, { id: 'one' });
    expect(JSON.parse(body.toString())).toEqual({
      asOfMillis: host.wallMillis(),
      instances: [{ address: 'self', instance: INSTANCE }],
      result: { text: 'x' },
    });
  });

  it('has a tag that changes with what was found, and not with the time', async () => {
    let text = 'x';
    const { host, answers } = answersOf((...asked) => saying(text)(...asked));
    const tags: string[] = [];
    for (const next of ['x', 'x', 'y']) {
      text = next;
      tags.push((await answers.get(thingView, { id: 'one' })).etag);
      host.advance(1_000);
    }
    expect(tags[0]).toMatch(/^"[\w-]{22}"$/);
    expect(tags[1]).toBe(tags[0]);
    expect(tags[2]).not.toBe(tags[0]);
  });

  it('is compressed where it does not fit into a packet', async () => {
    const { answers } = answersOf(saying('x'));
    expect((await answers.get(thingView, { id: 'one' })).gzip).toBeUndefined();
    const { body, gzip } = await answers.get(thingView, { id: 'one', size: '5000' });
    expect(gzip && gunzipSync(gzip).equals(body)).toBe(true);
    expect(gzip?.length).toBeLessThan(500);
  });

  it('that takes longer than a second is shared until it is there', async () => {
    const done: (() => void)[] = [];
    const { host, asked, answers } = answersOf(async (...given) => {
      await new Promise<void>((resolve) => done.push(resolve));
      return saying('x')(...given);
    });
    const first = answers.get(thingView, { id: 'one' });
    host.advance(5_000);
    const other = answers.get(thingView, { id: 'two' });
    expect(answers.get(thingView, { id: 'one' })).toBe(first);
    for (const each of done) each();
    await Promise.all([first, other]);
    void answers.get(thingView, { id: 'one' });
    expect(asked).toEqual(['one', 'two', 'one']);
  });

  it('that failed is asked for again at once', async () => {
    let isBroken = true;
    const { asked, answers } = answersOf((...given) =>
      isBroken ? Promise.reject(new Error('broken')) : saying('x')(...given),
    );
    await expect(answers.get(thingView, { id: 'one' })).rejects.toThrow('broken');
    isBroken = false;
    expect((await answers.get(thingView, { id: 'one' })).body.toString()).toContain('"x"');
    expect(asked).toEqual(['one', 'one']);
  });

  it('that failed late does not take away the one that was asked for since', async () => {
    const fails: ((error: Error) => void)[] = [];
    const { asked, answers } = answersOf((...given) =>
      fails.length === 0 ? new Promise((_resolve, reject) => fails.push(reject)) : saying('x')(...given),
    );
    const first = answers.get(thingView, { id: 'one' });
    answers.forget();
    await answers.get(thingView, { id: 'one' });
    fails[0]?.(new Error('late'));
    await expect(first).rejects.toThrow('late');
    await answers.get(thingView, { id: 'one' });
    expect(asked).toEqual(['one', 'one']);
  });

  it('says in words what is not there, and everything that is wrong with a question', async () => {
    const { answers } = answersOf(() => Promise.resolve({ parts: [], answers: [] }));
    await expect(answers.get(thingView, { id: 'one' })).rejects.toMatchObject({
      problem: { status: 404, detail: 'there is no thing one' },
    });
    await expect(answers.get(thingView, { id: 'x'.repeat(21), size: 'y', z: '' })).rejects.toMatchObject({
      issues: [{ path: ['id'] }, { path: ['size'] }, { keys: ['z'] }],
    });
  });

  it('is forgotten when something was changed', async () => {
    const { asked, answers } = answersOf(saying('x'));
    await answers.get(thingView, { id: 'one' });
    answers.forget();
    await answers.get(thingView, { id: 'one' });
    expect(asked).toEqual(['one', 'one']);
  });

  it('is kept of 32 MiB in all, and the newest however large it is', async () => {
    const { asked, answers } = answersOf(saying('x'));
    await answers.get(thingView, { id: 'small' });
    await answers.get(thingView, { id: 'one', size: '20000000' });
    await answers.get(thingView, { id: 'other', size: '40000000' });
    asked.length = 0;
    await answers.get(thingView, { id: 'other', size: '40000000' });
    expect(asked).toEqual([]);
    await answers.get(thingView, { id: 'one', size: '20000000' });
    await answers.get(thingView, { id: 'small' });
    expect(asked).toEqual(['one', 'small']);
  });

  it('has a turn of its own: with many at once the application has turns between them', async () => {
    const { answers } = answersOf(saying('x'));
    let turns = 0;
    const count = (): void => {
      turns += 1;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    await Promise.all(Array.from({ length: 20 }, (_, index) => answers.get(thingView, { id: String(index) })));
    clearImmediate(turning);
    expect(turns).toBeGreaterThanOrEqual(19);
  });

  it('is kept of 200 questions: the oldest are asked again', async () => {
    const { asked, answers } = answersOf(saying('x'));
    for (let index = 0; index <= 200; index += 1) await answers.get(thingView, { id: String(index) });
    asked.length = 0;
    await answers.get(thingView, { id: '200' });
    await answers.get(thingView, { id: '1' });
    expect(asked).toEqual([]);
    await answers.get(thingView, { id: '0' });
    expect(asked).toEqual(['0']);
  });
});
