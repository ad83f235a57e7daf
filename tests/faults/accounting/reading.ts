/** Who is read. `wire` is what the kernel counts between the application's pod and the agents'. */
export type Source = 'application' | 'agent' | 'collector' | 'wire';

/** What one process, or the kernel, said of itself at one moment. */
export interface Reading {
  readonly source: Source;
  /** Which pod; the kernel's counters are all of one place. */
  readonly pod: string;
  /** When the process started: a counter of another process is another counter. Whatever is the same for one process. */
  readonly startedAt: number;
  /** Milliseconds since the epoch, when it was asked for. */
  readonly askedAt: number;
  /** When the answer was there. */
  readonly at: number;
  readonly counters: Readonly<Record<string, number>>;
}

/** The readings of one process, in order. */
export interface Incarnation {
  readonly source: Source;
  readonly pod: string;
  readonly readings: readonly [Reading, ...Reading[]];
  /** The first moment at which it is known not to be there any more; undefined while it lives. */
  readonly goneAt: number | undefined;
}

/** A moment at which a pod was asked and the process that answered before did not. */
export interface Silence {
  readonly pod: string;
  readonly at: number;
}

/**
 * Puts readings in order by process. A process has ended when another one answers in its pod, or when nobody does until
 * the end.
 */
export function incarnationsOf(readings: readonly Reading[], silences: readonly Silence[]): readonly Incarnation[] {
  const groups = Object.values(
    Object.groupBy(readings, ({ source, pod, startedAt }) => JSON.stringify([source, pod, startedAt])),
  ).flatMap((group) => (group === undefined ? [] : [[...group].sort((a, b) => a.at - b.at)]));
  return groups.flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const { source, pod } = first;
    const last = others.at(-1) ?? first;
    const later = readings.filter((one) => one.source === source && one.pod === pod && one.at > last.at);
    const silent = silences.filter((one) => one.pod === pod && one.at > last.at);
    const goneAt = [...later, ...silent].map(({ at }) => at);
    return [
      { source, pod, readings: [first, ...others], goneAt: goneAt.length === 0 ? undefined : Math.min(...goneAt) },
    ];
  });
}

/** A counter of a reading; one that is not there is 0: Jaeger shows some only from their first use. */
export function counterOf(reading: Reading, name: string): number {
  return reading.counters[name] ?? 0;
}

/**
 * What a counter of a source came to until a moment, over all its processes, as seen by readings that were complete before it.
 * Counted from the first reading of a process that was there at the beginning, from 0 of one that came later.
 *
 * @param since - when the observation began
 */
export function totalUntil(
  incarnations: readonly Incarnation[],
  source: Source,
  name: string,
  since: number,
  moment: number,
): number {
  const until = (readings: Readings): Reading | undefined => readings.findLast(({ at }) => at <= moment);
  return total(incarnations, source, name, since, until);
}

/** The same as {@link totalUntil}, by the first reading that was asked for after the moment; the last one, if there is none. */
export function totalAfter(
  incarnations: readonly Incarnation[],
  source: Source,
  name: string,
  since: number,
  moment: number,
): number {
  const after = (readings: Readings): Reading =>
    readings.find(({ askedAt }) => askedAt >= moment) ?? readings.at(-1) ?? readings[0];
  return total(incarnations, source, name, since, after);
}

type Readings = Incarnation['readings'];

/** The sum over the processes of a source, each at the reading that is chosen; one without such a reading counts nothing. */
function total(
  incarnations: readonly Incarnation[],
  source: Source,
  name: string,
  since: number,
  choose: (readings: Readings) => Reading | undefined,
): number {
  return incarnations
    .filter((one) => one.source === source)
    .reduce((sum, { readings }) => {
      const chosen = choose(readings);
      return chosen === undefined ? sum : sum + counterOf(chosen, name) - baseOf(readings[0], name, since);
    }, 0);
}

/** What a counter showed when the observation began. Its first reading may be later than that by one turn. */
export function baseOf(first: Reading, name: string, since: number): number {
  return first.startedAt >= since ? 0 : counterOf(first, name);
}
