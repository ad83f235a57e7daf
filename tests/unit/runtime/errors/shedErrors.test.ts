import { expect, it } from 'vitest';
import { observeErrors } from '../../../../runtime/src/errors/observeErrors.ts';
import { metricsFixture } from '../performance/metrics/metricsFixture.ts';
import { tracked } from './support/trackerFixture.ts';

const MINUTE = 60_000;
const CATEGORIES = ['network', 'database', 'validation', undefined] as const;

/** A tracker that has time for two errors of a hundred, and its metrics. */
function stormed() {
  const { host, tracker } = tracked({ maxTimeShare: 0.01, fingerprint: () => (host.advance(9), undefined) });
  const { provider, meter } = metricsFixture();
  observeErrors(tracker, meter);
  let captured = 0;
  const storm = (errors: number): void => {
    for (let index = 0; index < errors; index += 1, captured += 1) {
      const category = CATEGORIES[index % CATEGORIES.length];
      const told = { source: 'call', handled: index % 2 === 0, ...(category && { category }) } as const;
      tracker.tell(new Error(`storm ${index % 3}`), told);
    }
  };
  const metric = async (name: string): Promise<readonly number[]> => {
    const metrics = await provider.collect();
    const points = metrics.find((each) => each.name === `tracewright.errors.${name}`)?.points ?? [];
    return points.map((point) => ('value' in point ? point.value : Number.NaN));
  };
  return { host, tracker, storm, metric, captured: () => captured };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

it('has every error of a storm in the total, in each kind of rows and in the metrics, though few were looked at', async () => {
  const { host, tracker, storm, metric, captured } = stormed();
  for (let minute = 0; minute < 5; minute += 1) {
    storm(100 * 4 ** minute);
    host.advance(MINUTE - (host.monotonicMillis() % MINUTE));
  }
  const { errors, inGroups, ungrouped } = tracker.groups.counts();
  const { byCategory, bySeverity, ...all } = tracker.groups.statistics.over('1h');
  const expected = captured();
  expect(ungrouped.shed).toBeGreaterThan(0.9 * expected);
  expect([errors, inGroups + sum(Object.values(ungrouped)), all.errors]).toEqual([expected, expected, expected]);
  for (const rows of [Object.values(byCategory), Object.values(bySeverity)])
    for (const figure of ['errors', 'shed', 'newGroups', 'regressions', 'spikes', 'resolutions'] as const)
      expect([figure, sum(rows.map((row) => row[figure]))]).toEqual([figure, all[figure]]);
  expect([all.shed, byCategory.unknown.shed]).toEqual([ungrouped.shed, ungrouped.shed]);
  expect(sum(tracker.groups.statistics.timeline('1h').map((bar) => bar.errors))).toBe(expected);
  expect(sum(tracker.totals().map((row) => row.errors))).toBe(expected);
  expect(sum(await metric('captured'))).toBe(expected);
});

it('has a rate that rises with a storm', async () => {
  const { host, tracker, storm, metric } = stormed();
  const rates: number[] = [];
  let before = 0;
  for (let minute = 0; minute < 4; minute += 1) {
    storm(50 * 4 ** minute);
    const captured = sum(await metric('captured'));
    rates.push(captured - before);
    before = captured;
    host.advance(MINUTE - (host.monotonicMillis() % MINUTE));
  }
  expect(rates).toEqual([50, 200, 800, 3200]);
  expect(tracker.groups.statistics.over('1m').errors).toBe(3200);
});

it('counts what there was no time to look at as unknown, by whether it was handled', () => {
  const { tracker } = tracked();
  expect([tracker.groups.addUnseen('A', undefined, true), tracker.groups.addUnseen('A', 'X', false)]).toEqual([
    { severity: 'medium', number: 1 },
    { severity: 'high', number: 2 },
  ]);
  const { byCategory, bySeverity } = tracker.groups.statistics.over('1m');
  expect(byCategory.unknown).toMatchObject({ errors: 2, shed: 2, newGroups: 0 });
  expect([bySeverity.medium, bySeverity.high]).toMatchObject([
    { errors: 1, shed: 1 },
    { errors: 1, shed: 1 },
  ]);
});
