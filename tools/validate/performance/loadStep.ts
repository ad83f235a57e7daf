import type { LossPlace } from './counters.ts';

/** A part of the deployment, or of what examines it, and how busy it was. */
export interface BusyPart {
  /** Such as `tracing/jaeger-collector` or `node tracewright-dev`. */
  readonly name: string;
  /** Processors that it kept busy. */
  readonly processors: number;
  /** How many it may keep busy; missing where nothing limits it. */
  readonly limit?: number;
}

/** What one step of a load on the pipeline came to. */
export interface LoadStep {
  /** Spans a second that were to be sent. */
  readonly offered: number;
  /** Spans a second that collectors acknowledged. */
  readonly acknowledged: number;
  readonly sentSpans: number;
  readonly acknowledgedSpans: number;
  /** Seconds from a span's sending until the query service returned it, of one span a second. */
  readonly searchableSeconds: readonly number[];
  /** Spans, of those, that it did not return in time. */
  readonly notFound: number;
  /** Acknowledged spans that were lost, by the place that counted them. */
  readonly lost: Readonly<Record<LossPlace, number>>;
  /** Spans that were not taken, which their application is told, by why. */
  readonly refused: Readonly<Record<string, number>>;
  /** Acknowledged spans that nobody wrote, lost or still has. */
  readonly unaccounted: number;
  /** How full the collectors' queues were at the load's end, 0 to 1. */
  readonly queueShare: number;
  /** Messages in Kafka that were not read at the load's end. */
  readonly lag: number;
  readonly busy: readonly BusyPart[];
  /** Spans that were due and not sent, since requests before them had no answer. */
  readonly heldBack: number;
}

/** The longest that spans may take until they are searchable, before a deployment counts as overloaded. */
export const mostSearchableSeconds = 10;
const leastPace = 0.9;
const busyShare = 0.85;
const fullQueue = 0.8;

/** Why a deployment, or the machine, says stop at a step; undefined while it carries the load. */
export function stopReason(step: LoadStep): string | undefined {
  const lost = totalOf(step.lost);
  if (lost > 0) return `${lost} spans were lost: ${describeCounts(step.lost)}`;
  if (step.unaccounted > 0) return `${step.unaccounted} spans were acknowledged, and nobody wrote or counted them`;
  const refused = totalOf(step.refused);
  if (refused > 0) return `${refused} spans were refused: ${describeCounts(step.refused)}`;
  if (step.acknowledged < step.offered * leastPace)
    return `${step.acknowledged.toFixed(0)} of ${step.offered} spans a second were taken`;
  if (step.notFound > 0) return `${step.notFound} spans could not be found within their time`;
  const slowest = Math.max(0, ...step.searchableSeconds);
  if (slowest > mostSearchableSeconds) return `a span could be found after ${slowest.toFixed(1)} s only`;
  return undefined;
}

/** What the load ran into, as far as it can be seen. */
export function saturatedPart({ busy, queueShare, lag, lost, heldBack }: LoadStep): string {
  const parts = partsAtLimit(busy);
  if (queueShare >= fullQueue)
    parts.push(
      `the storage, which takes less than comes: queues of collectors are ${(queueShare * 100).toFixed(0)} % full`,
    );
  else if (lost['dropped by full queues of collectors'] > 0)
    parts.push('the storage, for moments: queues of collectors ran full, and emptied again');
  if (lag > 0) parts.push(`the ingesters or the storage: ${lag} messages wait in Kafka`);
  if (parts.length > 0) return parts.join('; ');
  if (heldBack > 0)
    return 'the way to the collectors (port-forwards through the API server): none of the parts is busy';
  return 'not seen: no part is near its limit';
}

/** Parts that are near their limit, the nearest first. */
export function partsAtLimit(busy: readonly BusyPart[]): string[] {
  const share = ({ processors, limit }: BusyPart): number => (limit === undefined ? 0 : processors / limit);
  return busy
    .filter((part) => share(part) >= busyShare)
    .toSorted((a, b) => share(b) - share(a))
    .map(({ name, processors, limit = 0 }) => `${name} (${processors.toFixed(2)} of ${limit} processors)`);
}

/** `3 dropped, 5 refused`, without those that are 0. */
export function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

/** All of them together. */
export function totalOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
