import { OutcomeSlice } from '../../../requests/statistics/outcomeSlice.ts';
import { addCounted, countedOf, statisticsOf } from '../requests/counted.ts';
import type { InstancePart } from '../view.ts';
import type { Figures, RequestsPart, ShownBar, ShownRequests } from './overviewSchema.ts';

type Outcome = RequestsPart['recent'];

const MOST_STUCK = 5;
const MOST_OPERATIONS = 10;
const MOST_USERS = 10;
/** A bar that has just begun says nothing of a rate. */
const LEAST_COVERED = 0.02;

/** What the requests of all instances are like together. */
export function mergeRequests(parts: readonly InstancePart<RequestsPart>[]): ShownRequests {
  const all = parts.map(({ part }) => part);
  const before = all.flatMap((part) => part.before ?? []);
  return {
    recent: figuresOf(all.map(({ recent }) => recent)),
    current: figuresOf(all.map(windowOf)),
    ...(before.length > 0 && { before: figuresOf(before) }),
    bars: barsOf(all),
    unfinished: sumOf(all, ({ unfinished }) => unfinished),
    stuckCount: sumOf(all, ({ stuckCount }) => stuckCount),
    stuckAfterMillis: Math.max(...all.map(({ stuckAfterMillis }) => stuckAfterMillis)),
    stuck: parts
      .flatMap(({ instance, part }) => part.stuck.map((request) => ({ ...request, instance: instance.id })))
      .sort((a, b) => a.startedMillis - b.startedMillis)
      .slice(0, MOST_STUCK),
    operations: operationsOf(all),
    failingUsers: failingUsersOf(all),
  };
}

/** Figures of what several instances counted; each covers a time of its own, so that their rates are added. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const sum = new OutcomeSlice();
  let rate = 0;
  for (const { counted, coveredSeconds } of outcomes) {
    addCounted(sum, counted);
    if (coveredSeconds > 0) rate += countOf(counted) / coveredSeconds;
  }
  const { count, failed, cancelled, ratePerSecond, errorRatio, durations } = statisticsOf(sum, rate);
  return {
    count,
    failed: failed - cancelled,
    ratePerSecond,
    ...(errorRatio !== undefined && { errorRatio }),
    ...(durations && {
      p50Millis: durations.p50Millis,
      p95Millis: durations.p95Millis,
      p99Millis: durations.p99Millis,
    }),
  };
}

/** All that an instance counted within the window. */
export function windowOf({ bars }: Pick<RequestsPart, 'bars'>): Outcome {
  const sum = new OutcomeSlice();
  for (const { counted } of bars) addCounted(sum, counted);
  return {
    counted: countedOf(sum),
    coveredSeconds: sumOf(bars, ({ coveredSeconds }) => coveredSeconds),
  };
}

/** Bars of several instances begin at different times: each goes to the nearest multiple of its width, at most half of it away. */
function barsOf(parts: readonly RequestsPart[]): ShownBar[] {
  const slots = new Map<number, { readonly widthMillis: number; readonly outcomes: Outcome[] }>();
  for (const { fromMillis, widthMillis, counted, coveredSeconds } of parts.flatMap(({ bars }) => bars)) {
    if (coveredSeconds * 1000 < LEAST_COVERED * widthMillis) continue;
    const start = parts.length === 1 ? fromMillis : Math.round(fromMillis / widthMillis) * widthMillis;
    const slot = slots.get(start) ?? { widthMillis, outcomes: [] };
    slots.set(start, slot);
    slot.outcomes.push({ counted, coveredSeconds });
  }
  return [...slots]
    .sort(([a], [b]) => a - b)
    .map(([fromMillis, { widthMillis, outcomes }]) => ({
      fromMillis,
      toMillis: fromMillis + widthMillis,
      ...figuresOf(outcomes),
    }));
}

/** Of instances that did not name an operation among their slowest, its requests are missing. */
function operationsOf(parts: readonly RequestsPart[]): ShownRequests['operations'] {
  const byName = new Map<string, Outcome[]>();
  for (const { operations, bars } of parts) {
    const coveredSeconds = sumOf(bars, (bar) => bar.coveredSeconds);
    for (const { operation, counted } of operations) {
      const known = byName.get(operation) ?? [];
      byName.set(operation, known);
      known.push({ counted, coveredSeconds });
    }
  }
  return [...byName]
    .map(([operation, outcomes]) => ({ operation, ...figuresOf(outcomes) }))
    .sort((a, b) => (b.p95Millis ?? 0) - (a.p95Millis ?? 0) || (a.operation < b.operation ? -1 : 1))
    .slice(0, MOST_OPERATIONS);
}

function failingUsersOf(parts: readonly RequestsPart[]): ShownRequests['failingUsers'] {
  const byUser = new Map<string, ShownRequests['failingUsers'][number]>();
  for (const user of parts.flatMap(({ failingUsers }) => failingUsers)) {
    const { userId } = user;
    const known = byUser.get(userId) ?? { userId, count: 0, failures: 0 };
    byUser.set(userId, { userId, count: known.count + user.count, failures: known.failures + user.failures });
  }
  return [...byUser.values()]
    .sort((a, b) => b.failures - a.failures || (a.userId < b.userId ? -1 : 1))
    .slice(0, MOST_USERS);
}

function countOf({ completed, failed }: Outcome['counted']): number {
  return (completed?.count ?? 0) + (failed?.count ?? 0);
}

function sumOf<Thing>(things: readonly Thing[], numberOf: (thing: Thing) => number): number {
  return things.reduce((sum, thing) => sum + numberOf(thing), 0);
}
