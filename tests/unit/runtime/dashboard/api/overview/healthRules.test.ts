import { describe, expect, it } from 'vitest';
import type { HealthFacts } from '../../../../../../runtime/src/dashboard/api/overview/healthFacts.ts';
import { HEALTH_RULES } from '../../../../../../runtime/src/dashboard/api/overview/healthRules.ts';
import type { OverviewGroup, ShownBar } from '../../../../../../runtime/src/dashboard/api/overview/overviewSchema.ts';
import { verdictOf } from '../../../../../../runtime/src/dashboard/api/overview/verdictOf.ts';

const MINUTE = 60_000;
const NOW = 1_000_000 * MINUTE;

function bar(minutesAgo: number, changes: Partial<ShownBar> = {}): ShownBar {
  const fromMillis = NOW - minutesAgo * MINUTE;
  const figures = { count: 100, failed: 0, ratePerSecond: 1 / 3, errorRatio: 0, p99Millis: 100 };
  return { fromMillis, toMillis: fromMillis + 5 * MINUTE, ...figures, ...changes };
}

const figures = {
  count: 100,
  failed: 0,
  ratePerSecond: 1 / 3,
  errorRatio: 0,
  p50Millis: 10,
  p95Millis: 50,
  p99Millis: 100,
};
const requests: NonNullable<HealthFacts['requests']> = {
  recent: figures,
  current: { ...figures, count: 1200 },
  bars: [bar(15), bar(10), bar(5)],
  unfinished: 0,
  stuckCount: 0,
  stuckAfterMillis: 30_000,
  stuck: [],
  operations: [],
  failingUsers: [],
  usual: { p99Millis: 100, count: 5_000, slices: 12 },
  expected: 100,
  lastEndedMillis: NOW - 5 * MINUTE,
};
const level = {
  key: 'cpu',
  metric: 'process.cpu.utilization',
  latest: 0.1,
  recent: 0.1,
  current: 0.1,
  points: [],
  instance: 'a',
  instances: 1,
} as const;
const group: OverviewGroup = {
  id: '00000000000000aa',
  type: 'TypeError',
  message: 'x is not a function',
  category: 'unknown',
  severity: 'critical',
  state: 'open',
  count: 3,
  users: 1,
  firstSeenMillis: NOW - 10 * MINUTE,
  lastSeenMillis: NOW,
};
const noSpans = { created: 0, sent: 0, dropped: 0, exportFailed: 0 };
const spans = { instance: 'a', total: noSpans, recent: { ...noSpans, created: 50, sent: 50 } };
const well: HealthFacts = {
  nowMillis: NOW,
  requests,
  errors: { appeared: [], regressed: [], spiking: [] },
  levels: [{ ...level, points: [] }],
  raised: [],
  spans: [spans],
};

function ofRequests(changes: Partial<typeof requests>): Partial<HealthFacts> {
  return { requests: { ...requests, ...changes } };
}

function failing(failed: number, count = 100) {
  return { ...figures, count, failed, errorRatio: failed / count };
}

function ofErrors(changes: Partial<NonNullable<HealthFacts['errors']>>): Partial<HealthFacts> {
  return { errors: { appeared: [], regressed: [], spiking: [], ...changes } };
}

const raised = { name: 'heap', metric: 'heap.used', statistic: 'mean', above: 1_000_000, value: 44_800_000 };
const spike = { count: 200, expected: 1.5, pValue: 1e-9 };

describe('health', () => {
  it('is well where nothing is found, and says of how many requests', () => {
    expect(verdictOf(well)).toEqual({
      severity: 'good',
      text: 'Well: 1200 requests, none failed',
      findings: [],
      unknown: [],
    });
  });

  it.each<[rule: string, severity: string, change: Partial<HealthFacts>]>([
    ['error-ratio', 'watch', ofRequests({ recent: failing(3, 300) })],
    ['error-ratio', 'bad', ofRequests({ recent: failing(5) })],
    ['error-ratio', 'watch', ofRequests({ recent: failing(2, 2) })],
    ['nothing-comes-in', 'bad', ofRequests({ recent: { ...figures, count: 0 }, expected: 10 })],
    ['slow', 'watch', ofRequests({ recent: { ...figures, p99Millis: 200 } })],
    ['slow', 'bad', ofRequests({ recent: { ...figures, p99Millis: 400 } })],
    ['stuck', 'watch', ofRequests({ stuckCount: 1 })],
    ['stuck', 'bad', ofRequests({ stuckCount: 10 })],
    ['threshold', 'bad', { raised: [{ ...raised, sinceMillis: NOW - MINUTE, instance: 'a' }] }],
    ['saturation', 'watch', { levels: [{ ...level, recent: 0.85, points: [] }] }],
    ['saturation', 'bad', { levels: [{ ...level, recent: 1.5, points: [{ fromMillis: NOW - MINUTE, value: 1.5 }] }] }],
    ['saturation', 'bad', { levels: [{ ...level, key: 'eventLoop', recent: 0.5, points: [] }] }],
    ['new-errors', 'bad', ofErrors({ appeared: [group] })],
    ['new-errors', 'watch', ofErrors({ appeared: [{ ...group, severity: 'high' }] })],
    ['errors-came-back', 'bad', ofErrors({ regressed: [{ ...group, regressedMillis: NOW - MINUTE }] })],
    ['spike', 'bad', ofErrors({ spiking: [{ ...group, spike }] })],
    ['spike', 'watch', ofErrors({ spiking: [{ ...group, severity: 'low', spike }] })],
    ['spans-lost', 'watch', { spans: [{ ...spans, recent: { ...spans.recent, dropped: 1 } }] }],
    ['spans-lost', 'watch', { spans: [{ instance: 'a', total: { ...noSpans, created: 9, dropped: 1 } }] }],
    ['export-fails', 'watch', { spans: [{ ...spans, recent: { ...spans.recent, sent: 0, exportFailed: 5 } }] }],
  ])('finds %s to be %s', (rule, severity, change) => {
    const { severity: verdict, findings } = verdictOf({ ...well, ...change });
    expect(findings.map((finding) => [finding.rule, finding.severity])).toEqual([[rule, severity]]);
    expect(verdict).toBe(severity);
  });

  it.each<[what: string, change: Partial<HealthFacts>]>([
    ['two failures of ten', ofRequests({ recent: failing(2, 10) })],
    ['less than one per cent of failures', ofRequests({ recent: failing(9, 1000) })],
    [
      'a processor that is busy while the process starts',
      { levels: [{ ...level, recent: 1.5, points: [{ fromMillis: NOW - MINUTE + 1, value: 1.5 }] }] },
    ],
    ['silence where hardly anything was expected', ofRequests({ recent: { ...figures, count: 0 }, expected: 9.9 })],
    [
      'twice the usual where that is a few milliseconds',
      ofRequests({ recent: { ...figures, p99Millis: 40 }, usual: { p99Millis: 10, count: 5_000, slices: 9 } }),
    ],
    ['slowness of few requests', ofRequests({ recent: { ...figures, count: 49, p99Millis: 900 } })],
    [
      'slowness where nothing is known to be usual',
      ofRequests({ recent: { ...figures, p99Millis: 900 }, usual: undefined }),
    ],
    ['a group of yesterday', ofErrors({ appeared: [{ ...group, firstSeenMillis: NOW - 61 * MINUTE }] })],
    ['a new group that is not bad', ofErrors({ appeared: [{ ...group, severity: 'medium' }] })],
    ['a level just below', { levels: [{ ...level, recent: 0.849, points: [] }] }],
  ])('finds nothing in %s', (_what, change) => {
    expect(verdictOf({ ...well, ...change }).findings).toEqual([]);
  });

  it('says since when, from bars in which it was so without a break', () => {
    const bars = [
      bar(30),
      bar(25, { errorRatio: 0.2 }),
      bar(20),
      bar(15, { errorRatio: 0.1 }),
      bar(10, { count: 0 }),
      bar(5, { errorRatio: 0.1 }),
    ];
    const [found] = verdictOf({ ...well, ...ofRequests({ recent: failing(10), bars }) }).findings;
    expect(found).toMatchObject({
      text: '10 % of requests failed in the last 5 minutes: 10 requests of 100.',
      sinceMillis: NOW - 15 * MINUTE,
      link: { path: ['requests'], query: { tab: 'finished', state: 'failed', cancelled: 'false' } },
    });
  });

  it('never began in the future', () => {
    const bars = [bar(-2, { errorRatio: 0.1 })];
    expect(verdictOf({ ...well, ...ofRequests({ recent: failing(10), bars }) }).findings[0]?.sinceMillis).toBe(NOW);
  });

  it('has bad things before those to be watched, and leads from several new groups to all of them', () => {
    const appeared = [
      { ...group, severity: 'high' as const },
      { ...group, id: '00000000000000bb', severity: 'high' as const },
    ];
    const { text, findings } = verdictOf({ ...well, ...ofRequests({ stuckCount: 10 }), ...ofErrors({ appeared }) });
    expect(text).toBe('Not well: 1 problem');
    expect(findings.map(({ rule }) => rule)).toEqual(['stuck', 'new-errors']);
    expect(findings[1]).toMatchObject({
      text: 'High error new: “TypeError: x is not a function”, 3 times, and 1 other group.',
      link: { path: ['errors'], query: { severity: 'high', order: 'firstSeen' } },
    });
  });

  it('leads to the metric of a level and of a threshold, of the instance where there are several', () => {
    const query = { metric: 'process.cpu.utilization' };
    const [one] = verdictOf({ ...well, levels: [{ ...level, recent: 0.99, points: [] }] }).findings;
    expect(one?.link).toEqual({ path: ['performance', 'metrics'], query });
    const [several] = verdictOf({ ...well, levels: [{ ...level, recent: 0.99, points: [], instances: 2 }] }).findings;
    expect(several?.link.query).toEqual({ ...query, instance: 'a' });
    const [over] = verdictOf({ ...well, raised: [{ ...raised, sinceMillis: NOW, instance: 'a' }] }).findings;
    expect(over?.link).toEqual({
      path: ['performance', 'metrics'],
      query: { metric: 'heap.used', statistic: 'mean', instance: 'a' },
    });
  });

  it.each<[what: string, change: Partial<HealthFacts>, text: string]>([
    [
      'requests are not tracked',
      { requests: undefined },
      'No data: requests are not tracked; leave out “requests: false”',
    ],
    [
      'none has ended',
      ofRequests({ recent: { ...figures, count: 0 }, current: { ...figures, count: 0 }, bars: [], expected: 0 }),
      'No data: no request has ended within the window; is the middleware in place, and does anybody call?',
    ],
  ])('is not well where %s, but not known', (_what, change, text) => {
    expect(verdictOf({ ...well, ...change })).toMatchObject({ severity: 'unknown', text, findings: [] });
  });

  it('says what is not known where everything is switched off', () => {
    const nothing = {
      nowMillis: NOW,
      requests: undefined,
      errors: undefined,
      levels: undefined,
      raised: [],
      spans: [],
    };
    expect(verdictOf(nothing)).toMatchObject({ severity: 'unknown', unknown: { length: 4 } });
  });

  it('has rules with names of their own and a threshold in words', () => {
    expect(new Set(HEALTH_RULES.map(({ name }) => name)).size).toBe(HEALTH_RULES.length);
    for (const { threshold } of HEALTH_RULES) expect(threshold.length).toBeGreaterThan(30);
  });
});
