import { expect, it } from 'vitest';
import { observeErrors } from '../../../../runtime/src/errors/observeErrors.ts';
import { metricsFixture } from '../performance/metrics/metricsFixture.ts';
import { tracked } from './support/trackerFixture.ts';

const MINUTE = 60_000;

/** A tracker's metrics, each as its kind, its unit and the values of its series by the values of their attributes. */
function observed(options: Parameters<typeof tracked>[0] = {}) {
  const { host, tracker } = tracked(options);
  const { provider, meter } = metricsFixture();
  const end = observeErrors(tracker, meter);
  const shown = async (): Promise<Record<string, unknown>> => {
    const metrics = await provider.collect();
    return Object.fromEntries(
      metrics.map(({ name, kind, unit, points }) => [
        name.replace('tracewright.errors.', ''),
        [
          `${kind} ${unit}`,
          Object.fromEntries(
            points.map((point) => [
              ['change', 'category', 'severity', 'handled', 'reason']
                .map((key) => [key, point.attributes[key] ?? point.attributes[`tracewright.error.${key}`]] as const)
                .filter(([, value]) => value !== undefined)
                .map(([key, value]) => `${key} ${String(value)}`)
                .join(),
              'value' in point && point.value,
            ]),
          ),
        ],
      ]),
    );
  };
  return { host, tracker, shown, end };
}

it('shows how many errors there were, where they are and what became of their groups', async () => {
  const { tracker, shown } = observed({ maxGroups: 1, replacedGroupsPerMinute: 1, maxEventsPerGroup: 0 });
  for (const handled of [true, true, false])
    tracker.capture(new Error('a'), { category: 'network', handled, fingerprint: ['a'] });
  // The first takes the place of the group that is kept, the second finds none.
  for (const fingerprint of [['b'], ['c']]) tracker.capture(new Error('b'), { category: 'database', fingerprint });
  expect(await shown()).toEqual({
    captured: [
      'counter {error}',
      {
        'category network,severity medium,handled true': 2,
        'category network,severity high,handled false': 1,
        'category database,severity high,handled true': 2,
      },
    ],
    'group.changes': [
      'counter {change}',
      { 'change appeared,category network,severity medium': 1, 'change appeared,category database,severity high': 1 },
    ],
    groups: ['upDownCounter {group}', { '': 1 }],
    ungrouped: [
      'counter {error}',
      { 'reason count': 3, 'reason refused': 1, 'reason age': 0, 'reason memory': 0, 'reason shed': 0 },
    ],
    'events.left_out': ['counter {error}', { 'reason room': 3, 'reason rate': 0, 'reason trace': 0, 'reason size': 0 }],
  });
});

it('shows groups that came back, and groups that spike', async () => {
  const { host, tracker, shown } = observed();
  const capture = (): void => void tracker.capture(new Error('sold out'), { category: 'business_logic' });
  for (let minute = 0; minute < 10; minute += 1) {
    capture();
    host.advance(MINUTE);
  }
  for (let number = 0; number < 30; number += 1) capture();
  host.advance(MINUTE);
  tracker.groups.resolve(tracker.groups.query().groups[0]?.id ?? '');
  capture();
  const kind = 'category business_logic,severity medium';
  expect((await shown())['group.changes']).toEqual([
    'counter {change}',
    { [`change appeared,${kind}`]: 1, [`change spiked,${kind}`]: 1, [`change regressed,${kind}`]: 1 },
  ]);
});

it('shows nothing any more when it is ended', async () => {
  const { tracker, shown, end } = observed();
  tracker.capture(new Error('a'), { category: 'network', fingerprint: ['a'] });
  const before = await shown();
  end();
  tracker.capture(new Error('b'), { category: 'network', fingerprint: ['b'] });
  // What is counted as it happens stays, and is counted no further.
  expect(await shown()).toEqual({ 'group.changes': before['group.changes'] });
});
