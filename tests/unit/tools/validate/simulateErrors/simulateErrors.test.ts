import { describe, expect, it } from 'vitest';
import { ERROR_CATEGORIES } from '../../../../../runtime/src/errors/errorCategory.ts';
import { ERROR_SEVERITIES } from '../../../../../runtime/src/errors/errorSeverity.ts';
import { NotCheckableError } from '../../../../../tools/validate/deployment.ts';
import type { Followed } from '../../../../../tools/validate/simulateErrors/followScenario.ts';
import {
  followedTable,
  judgePlace,
  places,
  resultOf,
  scenarioId,
} from '../../../../../tools/validate/simulateErrors/judgeFollowed.ts';
import { scenarios, type Scenario } from '../../../../../tools/validate/simulateErrors/scenarios.ts';
import { shortenedRules } from '../../../../../tools/validate/simulateErrors/shortenedRules.ts';
import { traceFacts } from '../../../../../tools/validate/simulateErrors/traceFacts.ts';
import { simulateErrors } from '../../../../../tools/validate/simulateErrors/simulateErrors.ts';
import { fakeDeployment } from '../support/fakeDeployment.ts';

describe('scenarios', () => {
  it('are of every category and of every severity, each with a name of its own', () => {
    expect(new Set(scenarios.map(({ category }) => category))).toEqual(new Set(ERROR_CATEGORIES));
    expect(new Set(scenarios.map(({ severity }) => severity))).toEqual(new Set(ERROR_SEVERITIES));
    expect(new Set(scenarios.map(scenarioId)).size).toBe(scenarios.length);
  });
});

function scenarioOf(category: string, severity: string): Scenario {
  const found = scenarios.find((each) => each.category === category && each.severity === severity);
  if (found === undefined) throw new Error(`there is no scenario of ${category}, ${severity}`);
  return found;
}

const system = scenarioOf('system', 'high');

const group = { id: 'a', category: 'system', severity: 'high', state: 'open', isRegressed: true, count: 3 };
const sound: Followed = {
  scenario: system,
  sent: 3,
  statuses: new Map([[500, 3]]),
  isOurs: true,
  group: { found: { detail: { group, events: [] }, rise: 3 } },
  metric: { found: { category: 3, severity: 3 } },
  page: { found: { status: 200, hasTrace: true, isWhole: true } },
  trace: { found: { traceId: 'b', spans: 3, hasError: true, hasException: true } },
  alert: { found: 'firing' },
  seconds: 4,
};
const followedGroup = (more: Partial<typeof group>, rise = 3) => ({
  group: { found: { detail: { group: { ...group, ...more }, events: [] }, rise } },
});

describe('what was followed', () => {
  it('is ok where it was found everywhere', () => {
    expect(resultOf(sound)).toMatchObject({
      check: 'errors-system-high',
      component: 'runtime',
      outcome: 'ok',
      seconds: 4,
    });
    expect(resultOf(sound).findings.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'ok'));
  });

  it.each([
    ['group', { group: { found: undefined } }, 'failed', 'no such group has so many errors'],
    [
      'group',
      followedGroup({ category: 'unknown' }),
      'failed',
      'unknown, high, 3 more errors, back after it was resolved',
    ],
    [
      'group',
      followedGroup({ severity: 'critical' }),
      'failed',
      'system, critical, 3 more errors, back after it was resolved',
    ],
    [
      'group',
      followedGroup({ isRegressed: false }),
      'failed',
      'system, high, 3 more errors, not told to have come back',
    ],
    ['group', followedGroup({}, 2), 'failed', 'system, high, 2 more errors, back after it was resolved'],
    ['group', followedGroup({}, 4), 'warning', 'system, high, 4 more errors, back after it was resolved'],
    ['metric', { metric: { found: { category: 2, severity: 2 } } }, 'failed', '2 more of system, of which 2 high'],
    ['metric', { metric: { found: { category: 3, severity: 0 } } }, 'failed', '3 more of system, of which 0 high'],
    ['metric', { metric: { found: { category: 6, severity: 6 } } }, 'warning', '6 more of system, of which 6 high'],
    ['alert', { alert: { found: undefined } }, 'failed', 'not raised in time'],
    ['alert', { alert: { found: 'pending' } }, 'ok', 'pending'],
    ['alert', { alert: { refusal: { found: 'no Prometheus', mend: 'name one' } } }, 'unchecked', 'no Prometheus'],
    [
      'page',
      { page: { found: { status: 200, hasTrace: false, isWhole: true } } },
      'failed',
      'the page, with the error whole, and without its trace',
    ],
    [
      'page',
      { page: { found: { status: 404, hasTrace: true, isWhole: false } } },
      'failed',
      'an answer of 404, without what was thrown, and the trace among its errors',
    ],
    ['trace', { trace: { found: undefined } }, 'failed', 'no such trace in time'],
  ] as const)('in its %s %#', (place, changed, outcome, found) => {
    const followed: Followed = { ...sound, ...changed };
    expect(judgePlace(followed, place)).toMatchObject({ outcome, found });
    expect(resultOf(followed).outcome).toBe(outcome);
    const [row = []] = followedTable([followed]).rows;
    expect(row[3 + places.indexOf(place)]).toBe(outcome);
    expect(row.filter((cell) => cell === 'ok')).toHaveLength(outcome === 'ok' ? 5 : 4);
  });

  it('fails where the example has answered otherwise', () => {
    const statuses = new Map([
      [500, 2],
      [201, 1],
    ]);
    expect(resultOf({ ...sound, statuses })).toMatchObject({ outcome: 'failed' });
    expect(resultOf({ ...sound, statuses }).findings[0]).toMatchObject({
      expected: '3 × 500',
      found: '2 × 500, 1 × 201',
    });
  });
});

describe('traceFacts', () => {
  const span = (processID: string, tags: object, logs: object[] = []) => ({
    processID,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value: value as unknown })),
    logs,
  });
  const exception = { fields: [{ key: 'event', value: 'exception' }] };
  const traceOf = (...spans: object[]) => ({
    traceID: 'a',
    spans,
    processes: { p1: { serviceName: 'storefront' }, p2: { serviceName: 'orders' } },
  });

  it('looks at the spans of the service alone', () => {
    const failing = span('p2', { 'otel.status_code': 'ERROR' }, [exception]);
    const facts = { traceId: 'a', spans: 2 };
    const trace = traceOf(span('p1', {}), failing);
    expect(traceFacts(trace, system)).toEqual({ ...facts, hasError: true, hasException: true });
    const storefront = scenarioOf('network', 'high');
    expect(traceFacts(trace, storefront)).toEqual({ ...facts, hasError: false, hasException: false });
  });

  it('tells a status from an event', () => {
    const [status, event] = [span('p2', { 'otel.status_code': 'ERROR' }), span('p2', {}, [exception])];
    expect(traceFacts(traceOf(status), system)).toMatchObject({ hasError: true, hasException: false });
    expect(traceFacts(traceOf(event), system)).toMatchObject({ hasError: false, hasException: true });
  });
});

describe('shortenedRules', () => {
  it('leaves all as it is but the times', () => {
    const rule = {
      alert: 'A',
      expr: 'increase(a[15m]) > 5 unless a offset 2m and b < 90',
      for: '5m',
      labels: { severity: 'x' },
    };
    const file = { groups: [{ name: 'g', rules: [rule] }] };
    const expr = 'increase(a[15000ms]) > 5 unless a offset 2000ms and b < 90';
    expect(shortenedRules(file, 1000)).toEqual({ groups: [{ name: 'g', rules: [{ ...rule, expr, for: '5000ms' }] }] });
  });

  it('refuses what is no file of rules', () => {
    expect(() => shortenedRules(undefined, 1000)).toThrow('Invalid input');
  });
});

describe('simulateErrors', () => {
  it('provokes nothing where the cluster cannot be had', async () => {
    const refused = new NotCheckableError('the local cluster dev does not run', '`npm run up` starts it');
    const deployment = fakeDeployment({ kube: () => Promise.reject(refused) });
    const { signal } = new AbortController();
    await expect(simulateErrors({ deployment, signal, report: () => undefined })).rejects.toBe(refused);
  });
});
