import { describe, expect, it } from 'vitest';
import { Phases } from '../../../../tools/console/phases.ts';
import { createPlainDisplay } from '../../../../tools/console/plainDisplay.ts';
import type { Check, Component } from '../../../../tools/validate/check.ts';
import { StackAbsentError, type Deployment } from '../../../../tools/validate/deployment.ts';
import { examine } from '../../../../tools/validate/examine.ts';
import type { Probe } from '../../../../tools/validate/probe.ts';
import type { ProbeResult, Report } from '../../../../tools/validate/report/report.ts';
import { resultOf, soundFinding } from '../../../support/validateReport.ts';
import { FakeClock } from './support/fakeClock.ts';
import { fakeDeployment } from './support/fakeDeployment.ts';

const check: Check = {
  id: 'sound',
  component: 'objects',
  title: 'all is well',
  run: () => Promise.resolve([soundFinding]),
};
const prepared = { engineVersion: () => Promise.resolve('3.160.0'), context: () => Promise.resolve('home') };
const found: ProbeResult = {
  results: [resultOf('warning', [soundFinding], { check: 'saturation' })],
  plots: [{ title: 'p', xLabel: 'x', yLabel: 'y', unit: '', series: [{ name: 'a', points: [[1, 2]] }] }],
  tables: [{ title: 't', columns: ['a'], rows: [[1]] }],
};

interface Started {
  readonly report: Promise<Report>;
  readonly clock: FakeClock;
  readonly abort: AbortController;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

function start(
  probes: readonly Probe[] = [],
  given: Partial<Deployment> = prepared,
  component: Component = 'objects',
  run: Check['run'] = check.run,
): Started {
  const clock = new FakeClock();
  const abort = new AbortController();
  const lines: string[] = [];
  const errors: string[] = [];
  const display = createPlainDisplay((line) => void lines.push(line));
  const report = examine({
    deployment: fakeDeployment(given),
    checks: [{ ...check, component, run }],
    probes,
    given: new Set(),
    signal: abort.signal,
    clock,
    now: () => new Date(Date.UTC(2026, 10, 29, 5)),
    phases: new Phases(display, clock.nowMillis),
    display,
    onError: (name, error) => void errors.push(`${name}: ${String(error)}`),
  });
  return { report, clock, abort, lines, errors };
}

function probeOf(run: Probe['run']): Probe {
  return { name: 'performance', description: 'how much it takes', component: 'endpoints', run };
}

describe('examine', () => {
  it('tells what the checks found, where and when', async () => {
    expect(await start().report).toEqual({
      stack: 'dev',
      context: 'home',
      startedAt: '2026-11-29T05:00:00.000Z',
      seconds: 0,
      outcome: 'ok',
      counts: { ok: 1, warning: 0, unchecked: 0, failed: 0 },
      results: [
        {
          check: 'sound',
          component: 'objects',
          title: 'all is well',
          outcome: 'ok',
          findings: [soundFinding],
          seconds: 0,
        },
      ],
      notRun: [],
      plots: [],
      tables: [],
    });
  });

  it('examines what it can when neither engine nor cluster can be had', async () => {
    const report = await start([], {}).report;
    expect(report).not.toHaveProperty('context');
    expect(report.outcome).toBe('ok');
  });

  it('runs no check before the engine is there, however long it takes', async () => {
    const engine = Promise.withResolvers<string>();
    const { report, clock, lines } = start([], { ...prepared, engineVersion: () => engine.promise });
    await clock.advance(900);
    expect(lines).toEqual([]);
    engine.resolve('3.160.0');
    expect((await report).results.map(({ seconds }) => seconds)).toEqual([0]);
    expect(lines).toEqual([
      'checking objects: started',
      'checking objects: sound (1 of 1)',
      'checking objects: done (0.0 s)',
    ]);
  });

  it('asks for no engine when all that is run is about applications', async () => {
    const { report, clock } = start([], { ...prepared, engineVersion: () => new Promise(() => undefined) }, 'runtime');
    await clock.advance(0);
    expect((await report).results).toHaveLength(1);
  });

  it('waits half a minute at most for what checks share', async () => {
    const { clock, lines } = start([], { ...prepared, declared: () => new Promise(() => undefined) });
    await clock.advance(29.999);
    expect(lines).toEqual([]);
    await clock.advance(0.001);
    expect(lines).toContain('checking objects: started');
  });

  it('takes nothing that lies in the cluster for that of a stack which is known not to be there', async () => {
    const kube = (): Promise<never> => Promise.reject(new Error('the cluster was asked'));
    const declared = (): Promise<never> => Promise.reject(new StackAbsentError('no stack prod', 'deploy it'));
    const asked: unknown[] = [];
    const { report } = start([], { ...prepared, declared, kube }, 'objects', async ({ deployment }) => {
      const tried = await Promise.allSettled([deployment.kube(), deployment.pods(), deployment.namespaces()]);
      asked.push(...tried.map((each): unknown => (each.status === 'rejected' ? each.reason : 'given')));
      return [soundFinding];
    });
    await report;
    expect(asked).toEqual(Array.from({ length: 3 }, () => new StackAbsentError('no stack prod', 'deploy it')));
  });

  it('runs a probe after the checks, and adds what it found', async () => {
    const { report, lines } = start([
      probeOf(({ report: say }) => {
        say('1000 spans/s');
        return Promise.resolve(found);
      }),
    ]);
    const { outcome, counts, results, plots, tables } = await report;
    expect(results.map(({ check: id }) => id)).toEqual(['sound', 'saturation']);
    expect([outcome, counts.warning, plots, tables]).toEqual(['warning', 1, found.plots, found.tables]);
    expect(lines.slice(3)).toEqual(['performance: started', 'performance: 1000 spans/s', 'performance: done (0.0 s)']);
  });

  it('tells of a probe that throws as unchecked', async () => {
    const { report, errors } = start([probeOf(() => Promise.reject(new Error('no load')))]);
    expect((await report).results[1]).toMatchObject({
      check: 'performance',
      component: 'endpoints',
      outcome: 'unchecked',
      findings: [{ outcome: 'unchecked', expected: 'how much it takes', found: 'no load' }],
    });
    expect(errors).toEqual(['performance: Error: no load']);
  });

  it('keeps what a probe has found when the user ends it', async () => {
    const { report, clock, abort } = start([
      probeOf(async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return found;
      }),
    ]);
    await clock.advance(1);
    abort.abort(new Error('ended by SIGINT'));
    const { ended, results, notRun } = await report;
    expect(ended).toBe('ended by SIGINT');
    expect(notRun).toEqual([
      { check: 'performance', component: 'endpoints', title: 'how much it takes', why: 'ended', needs: [] },
    ]);
    expect(results.map(({ check: id }) => id)).toEqual(['sound', 'saturation']);
  });

  it('waits ten seconds at most for a probe that does not end, and begins no other', async () => {
    const begun: string[] = [];
    const stuck = (name: string) => ({
      ...probeOf(() => {
        begun.push(name);
        return new Promise<ProbeResult>(() => undefined);
      }),
      name,
    });
    const { report, clock, abort } = start([stuck('performance'), stuck('simulate-errors')]);
    await clock.advance(1);
    abort.abort(new Error('ended by SIGTERM'));
    await clock.advance(10);
    const { results, notRun } = await report;
    expect(results).toHaveLength(1);
    expect(notRun.map(({ check: id, why }) => [id, why])).toEqual([
      ['performance', 'ended'],
      ['simulate-errors', 'ended'],
    ]);
    expect(begun).toEqual(['performance']);
  });

  it('says that nothing was found when it is ended before the first check', async () => {
    const { report, abort } = start([], { ...prepared, engineVersion: () => new Promise(() => undefined) });
    abort.abort(new Error('ended by SIGINT'));
    expect(await report).toMatchObject({
      ended: 'ended by SIGINT',
      outcome: 'unchecked',
      results: [],
      notRun: [{ why: 'ended' }],
    });
  });
});
