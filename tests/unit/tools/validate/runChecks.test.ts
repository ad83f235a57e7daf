import { describe, expect, it } from 'vitest';
import type { Check, CheckContext, CheckResult } from '../../../../tools/validate/check.ts';
import type { Finding } from '../../../../tools/validate/finding.ts';
import { runChecks, type Examination, type RunOptions } from '../../../../tools/validate/runChecks.ts';
import { unlessAborted } from '../../../../tools/validate/unlessAborted.ts';
import { FakeClock } from './support/fakeClock.ts';
import { fakeDeployment } from './support/fakeDeployment.ts';

const ok: Finding = { outcome: 'ok', subject: 'a pod', expected: 'ready', found: 'ready' };
const warning: Finding = { outcome: 'warning', subject: 'a pod', expected: 'two', found: 'one', mend: 'scale' };

function checkOf(id: string, others: Partial<Check> = {}): Check {
  return { id, component: 'objects', title: `${id} is well`, run: () => Promise.resolve([ok]), ...others };
}

interface Run {
  readonly clock: FakeClock;
  readonly abort: AbortController;
  readonly examination: Promise<Examination>;
  /** What was told of the checks, in its order. */
  readonly told: readonly string[];
  readonly errors: readonly (readonly [string, unknown])[];
}

function start(checks: readonly Check[], others: Partial<RunOptions> = {}): Run {
  const clock = new FakeClock();
  const abort = new AbortController();
  const told: string[] = [];
  const errors: (readonly [string, unknown])[] = [];
  const examination = runChecks(checks, {
    deployment: fakeDeployment(),
    given: new Set(),
    signal: abort.signal,
    clock,
    onStart: ({ id }) => void told.push(`start ${id}`),
    onEnd: ({ id }, result) => void told.push(`end ${id} ${result?.outcome ?? 'without result'}`),
    onError: ({ id }, error) => void errors.push([id, error]),
    ...others,
  });
  return { clock, abort, examination, told, errors };
}

async function resultOf(check: Check): Promise<CheckResult | undefined> {
  return (await start([check]).examination).results[0];
}

/** A check that ends when the test says so. */
function heldCheck(
  id: string,
  others: Partial<Check> = {},
): { check: Check; end: () => void; contexts: CheckContext[] } {
  const { promise, resolve } = Promise.withResolvers<readonly Finding[]>();
  const contexts: CheckContext[] = [];
  const run = (context: CheckContext): Promise<readonly Finding[]> => {
    contexts.push(context);
    return promise;
  };
  return { check: checkOf(id, { run, ...others }), end: () => resolve([ok]), contexts };
}

describe('runChecks', () => {
  it('tells results in the order of the checks, whichever ends first', async () => {
    const first = heldCheck('first');
    const { examination, clock, told } = start([first.check, checkOf('second')]);
    await clock.advance(2);
    first.end();
    const { results, notRun } = await examination;
    expect(results.map(({ check }) => check)).toEqual(['first', 'second']);
    expect(results.map(({ seconds }) => seconds)).toEqual([2, 0]);
    expect(notRun).toEqual([]);
    expect(told).toEqual(['start first', 'start second', 'end second ok', 'end first ok']);
  });

  it('takes the worst of the findings as the outcome, and its words from the check', async () => {
    const result = await resultOf(
      checkOf('spread', { component: 'workloads', run: () => Promise.resolve([ok, warning, ok]) }),
    );
    expect(result).toEqual({
      check: 'spread',
      component: 'workloads',
      title: 'spread is well',
      outcome: 'warning',
      findings: [ok, warning, ok],
      seconds: 0,
    });
  });

  it('runs six that change nothing at once, and the seventh when one has ended', async () => {
    const held = Array.from({ length: 7 }, (_, index) => heldCheck(`c${index}`));
    const { examination, clock, told } = start(held.map(({ check }) => check));
    await clock.advance(0);
    expect(told).toEqual(['start c0', 'start c1', 'start c2', 'start c3', 'start c4', 'start c5']);
    held[3]?.end();
    await clock.advance(0);
    expect(told.slice(6)).toEqual(['end c3 ok', 'start c6']);
    for (const { end } of held) end();
    expect((await examination).results).toHaveLength(7);
  });

  it('runs those that change something one after the other, when all others have ended', async () => {
    const passive = heldCheck('passive');
    const active = heldCheck('active', { needs: ['active'] });
    const checks = [active.check, checkOf('active2', { needs: ['active'] }), passive.check];
    const { examination, clock, told } = start(checks, { given: new Set(['active']) });
    await clock.advance(0);
    expect(told).toEqual(['start passive']);
    passive.end();
    await clock.advance(0);
    expect(told.slice(1)).toEqual(['end passive ok', 'start active']);
    active.end();
    await examination;
    expect(told.slice(3)).toEqual(['end active ok', 'start active2', 'end active2 ok']);
  });

  it('does not run what needs something that was not given, and says what', async () => {
    const { examination, told } = start([checkOf('alerts', { needs: ['prometheus', 'active'] })], {
      given: new Set(['active']),
    });
    expect(await examination).toEqual({
      results: [],
      notRun: [{ check: 'alerts', component: 'objects', title: 'alerts is well', why: 'needs', needs: ['prometheus'] }],
    });
    expect(told).toEqual([]);
  });

  it('asks whether a check applies, and tells of one that does not', async () => {
    const { examination, told } = start([checkOf('kafka', { applies: () => Promise.resolve(false) })]);
    expect(await examination).toEqual({
      results: [],
      notRun: [{ check: 'kafka', component: 'objects', title: 'kafka is well', why: 'absent', needs: [] }],
    });
    expect(told).toEqual(['start kafka', 'end kafka without result']);
  });

  it.each<[string, Partial<Check>]>([
    ['throws', { run: () => Promise.reject(new Error('no route')) }],
    [
      'throws before it waits',
      {
        run: () => {
          throw new Error('no route');
        },
      },
    ],
    ['cannot say whether it applies', { applies: () => Promise.reject(new Error('no route')) }],
  ])('tells of a check that %s as unchecked, and runs the others', async (_, others) => {
    const { examination, errors } = start([checkOf('broken', others), checkOf('sound')]);
    const { results } = await examination;
    expect(results.map(({ check, outcome }) => [check, outcome])).toEqual([
      ['broken', 'unchecked'],
      ['sound', 'ok'],
    ]);
    expect(results[0]?.findings).toEqual([
      {
        outcome: 'unchecked',
        subject: 'broken',
        expected: 'broken is well',
        found: 'no route',
        mend: 'mend that, then run it again; TRACEWRIGHT_DEBUG=1 prints where it comes from',
      },
    ]);
    expect(errors).toEqual([['broken', new Error('no route')]]);
  });

  it('never takes a check that saw nothing for a sound one', async () => {
    const result = await resultOf(checkOf('empty', { run: () => Promise.resolve([]) }));
    expect(result?.outcome).toBe('unchecked');
    expect(result?.findings[0]?.found).toBe('there was nothing to look at');
  });

  it.each<[string, Partial<Check>, number]>([
    ['half a minute', {}, 30],
    ['its own time', { timeoutSeconds: 5 }, 5],
  ])('waits for %s, then tells that a check was late', async (_, others, seconds) => {
    const { check, contexts } = heldCheck('slow', others);
    const { examination, clock } = start([check]);
    await clock.advance(seconds - 0.001);
    expect(contexts[0]?.signal.aborted).toBe(false);
    await clock.advance(0.001);
    expect(contexts[0]?.signal.aborted).toBe(true);
    await clock.advance(10);
    const { results } = await examination;
    expect(results[0]).toMatchObject({
      outcome: 'unchecked',
      findings: [{ found: `it was not done within ${seconds} s` }],
      seconds: seconds + 10,
    });
  });

  it('lets a late check clean up before the next one changes something', async () => {
    const cleaned = Promise.withResolvers<undefined>();
    const late = checkOf('late', {
      needs: ['active'],
      run: async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await cleaned.promise;
        throw new Error('aborted');
      },
    });
    const { examination, clock, told } = start([late, checkOf('next', { needs: ['active'] })], {
      given: new Set(['active']),
    });
    await clock.advance(30);
    expect(told).toEqual(['start late']);
    cleaned.resolve(undefined);
    await clock.advance(0);
    expect(told).toEqual(['start late', 'end late unchecked', 'start next', 'end next ok']);
    expect((await examination).results[0]?.findings[0]?.found).toBe('it was not done within 30 s');
  });

  it('waits ten seconds at most for one that does not end', async () => {
    const { check } = heldCheck('stuck', { needs: ['active'] });
    const { clock, told } = start([check, checkOf('next', { needs: ['active'] })], { given: new Set(['active']) });
    await clock.advance(30);
    await clock.advance(9.999);
    expect(told).toEqual(['start stuck']);
    await clock.advance(0.001);
    expect(told).toContain('start next');
  });

  it('ends with what was found by then, and says what was cut short or not begun', async () => {
    const held = heldCheck('held');
    const { examination, clock, abort, told } = start(
      [checkOf('done'), held.check, checkOf('active', { needs: ['active'] }), checkOf('url', { needs: ['dashboard'] })],
      { given: new Set(['active']) },
    );
    await clock.advance(1);
    abort.abort(new Error('ended by SIGINT'));
    await clock.advance(10);
    const { results, notRun } = await examination;
    expect(results.map(({ check }) => check)).toEqual(['done']);
    expect(notRun.map(({ check, why }) => [check, why])).toEqual([
      ['held', 'ended'],
      ['active', 'ended'],
      ['url', 'needs'],
    ]);
    expect(told).not.toContain('start active');
  });

  it('lets checks clean up when the user ends it', async () => {
    const { check, contexts } = heldCheck('held');
    const { clock, abort, told } = start([check]);
    await clock.advance(1);
    abort.abort(new Error('ended by SIGINT'));
    await clock.advance(9.999);
    expect(contexts[0]?.signal.aborted).toBe(true);
    expect(told).toEqual(['start held']);
    await clock.advance(0.001);
    expect(told).toEqual(['start held', 'end held without result']);
  });

  it('waits until an active check has removed what it made when the user ends it', async () => {
    const made: string[] = [];
    const removing = Promise.withResolvers<undefined>();
    const active = checkOf('active', {
      needs: ['active'],
      run: async ({ signal }) => {
        await using resources = new AsyncDisposableStack();
        made.push('a pod');
        resources.defer(async () => {
          await removing.promise;
          made.pop();
        });
        await unlessAborted(new Promise<undefined>(() => undefined), signal);
        return [ok];
      },
    });
    const { examination, clock, abort, told } = start([active], { given: new Set(['active']) });
    await clock.advance(1);
    expect(made).toEqual(['a pod']);
    abort.abort(new Error('ended by SIGINT'));
    await clock.advance(1);
    expect(told).toEqual(['start active']);
    removing.resolve(undefined);
    expect((await examination).notRun).toMatchObject([{ check: 'active', why: 'ended' }]);
    expect(made).toEqual([]);
  });

  it('tells of a check that was late already when the user ends it', async () => {
    const { check } = heldCheck('stuck');
    const { examination, clock, abort } = start([check]);
    await clock.advance(30);
    abort.abort(new Error('ended by SIGINT'));
    await clock.advance(10);
    expect((await examination).results[0]?.findings[0]?.found).toBe('it was not done within 30 s');
  });

  it('waits for nothing any more when it has ended', async () => {
    const { examination, clock } = start([
      checkOf('one'),
      checkOf('two', { run: () => Promise.reject(new Error('no')) }),
    ]);
    await examination;
    expect(clock.waitingCount).toBe(0);
  });
});
