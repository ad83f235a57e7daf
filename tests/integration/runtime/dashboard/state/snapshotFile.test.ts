import { execa } from 'execa';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from '../../../../../runtime/src/dashboard/createDashboard.ts';
import { nodeSnapshotFiles } from '../../../../../runtime/src/dashboard/state/adapters/nodeSnapshotFiles.ts';
import { readSnapshot } from '../../../../../runtime/src/dashboard/state/readSnapshot.ts';
import { createObservability } from '../../../../../runtime/src/observability.ts';

const WRITER = fileURLToPath(new URL('../../apps/snapshotWriter.ts', import.meta.url));
const files = nodeSnapshotFiles();

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-state-'));
  path = join(folder, 'groups.ndjson');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process of an application, up to its end. */
async function ran(happens: (observability: ReturnType<typeof createObservability>) => void): Promise<string[]> {
  const told: string[] = [];
  const observability = createObservability({ tracing: false, performance: false });
  const dashboard = createDashboard(observability, {
    port: 0,
    snapshotFile: path,
    announce: () => undefined,
    onError: ({ message }) => void told.push(message),
  });
  await dashboard.listen();
  happens(observability);
  await dashboard.stop();
  await observability.stop();
  return told;
}

describe('a page with a snapshot file', () => {
  it('shows after a restart what was there before, from the first request on', async () => {
    let id = '';
    await ran(({ errors }) => {
      errors?.capture(new Error('the database is away'), { request: { userId: 'ann' } });
      id = errors?.groups.query().groups[0]?.id ?? '';
      errors?.groups.resolve(id, { by: 'ann', note: 'disk replaced' });
    });
    let before: unknown;
    const told = await ran(({ errors }) => {
      before = errors?.groups.snapshot(id);
      errors?.groups.reopen(id, { by: 'bob' });
    });
    expect(told).toEqual([]);
    expect(before).toMatchObject({ count: 1, users: 1, state: 'resolved', message: 'the database is away' });
    expect(before).toHaveProperty('events.0.error.frames.0.file');
    await ran(({ errors }) => {
      const { state, history } = errors?.groups.snapshot(id) ?? {};
      expect([state, history?.map(({ to, by }) => `${to} ${by}`)]).toEqual(['open', ['resolved ann', 'open bob']]);
    });
    expect(await readdir(folder)).toEqual(['groups.ndjson']);
  });

  it('listens all the same where the file is of no use', async () => {
    await writeFile(path, 'nonsense');
    const told = await ran(({ errors }) => void errors?.capture(new Error('x')));
    expect(told).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(2);
    expect(await ran(({ errors }) => expect(errors?.groups.query().groups).toHaveLength(1))).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['a folder', () => mkdir(path), 'no plain file'],
    [
      'a link',
      () => writeFile(join(folder, 'other'), 'theirs').then(() => symlink(join(folder, 'other'), path)),
      'no plain file',
    ],
    ['in no folder', () => rm(folder, { recursive: true }), 'make its folder'],
    ['in a file', () => rm(folder, { recursive: true }).then(() => writeFile(folder, '')), 'no folder'],
  ])('listens all the same where it is %s, and touches nothing', async (_, make, problem) => {
    await make();
    const told = await ran(({ errors }) => void errors?.capture(new Error('x')));
    expect(told).toEqual([expect.stringContaining(problem)]);
    expect((await readFile(join(folder, 'other'), 'utf8').catch(() => undefined)) ?? 'theirs').toBe('theirs');
    expect((await readdir(folder).catch(() => [])).filter((name) => /tmp|broken/.test(name))).toEqual([]);
  });
});

describe('files of snapshots', () => {
  it('are for the user of the process alone', async () => {
    await files.write(path, ['a', 'b']);
    expect(await readFile(path, 'utf8')).toBe('ab');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('stay as they were where writing fails, and leave nothing beside', async () => {
    await files.write(path, ['before']);
    function* failing(): Generator<string> {
      yield 'half';
      throw new Error('no more');
    }
    await expect(files.write(path, failing())).rejects.toThrow('no more');
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['groups.ndjson']);
  });

  it('do not follow a link that lies where they are written', async () => {
    const other = join(folder, 'other');
    await writeFile(other, 'theirs');
    await symlink(other, `${path}.${process.pid}.tmp`);
    await files.write(path, ['ours']);
    expect(await readFile(other, 'utf8')).toBe('theirs');
  });

  it('give back texts whose characters lie across pieces', async () => {
    const text = 'aé€😀'.repeat(20_000);
    await writeFile(path, text);
    let read = '';
    for await (const piece of files.read(path)) read += piece;
    expect(read).toBe(text);
  });

  it('lose what killed processes left beside an hour ago, and nothing else', async () => {
    const names = ['groups.ndjson.1.tmp', 'groups.ndjson.2.tmp', 'groups.ndjson.broken-1', 'other.ndjson.1.tmp'];
    const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of names) {
      await writeFile(join(folder, name), '');
      if (name !== 'groups.ndjson.2.tmp') await utimes(join(folder, name), old, old);
    }
    await files.cleanUp(path);
    expect((await readdir(folder)).toSorted()).toEqual(names.slice(1));
  });

  it('are whole whenever the process that writes them is killed', async () => {
    let leftHalf = 0;
    for (let round = 0; round < 5; round += 1) {
      const writer = execa(
        process.execPath,
        ['--conditions=tracewright-source', '--no-warnings', WRITER, path, '500'],
        {
          reject: false,
        },
      );
      await new Promise((resolve) => writer.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      writer.kill('SIGKILL');
      await writer;
      const { groups, problems } = await readSnapshot(files.read(path));
      expect([groups.length, problems]).toEqual([500, []]);
      leftHalf += (await readdir(folder)).filter((name) => name.endsWith('.tmp')).length;
    }
    // It was killed while it wrote, and not only in between.
    expect(leftHalf).toBeGreaterThan(0);
  });
});
