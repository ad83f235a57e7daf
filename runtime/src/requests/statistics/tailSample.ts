import type { RequestRecord } from '../store/requestRecord.ts';

/** A request to look at, for what it took. */
export interface Exemplar {
  readonly requestId: string;
  readonly operation: string;
  readonly failed: boolean;
  readonly durationMillis: number;
  /** Milliseconds since 1970. */
  readonly startedWallMillis: number;
  readonly trace: { readonly traceId: string; readonly spanId: string; readonly sampled: boolean } | undefined;
}

/** A request that has ended, as far as a sample looks at it. */
export type OfferedRequest = Pick<RequestRecord, 'id' | 'operation' | 'state' | 'startedWallMillis' | 'trace'>;

/** How many exemplars are kept of an operation. */
export interface TailSampleLimits {
  /** Upper ends of the latency bands, in milliseconds, ascending; one more band holds what is longer. */
  readonly bandMillis: readonly number[];
  /** Of each band. */
  readonly perBand: number;
  /** Of the longest. */
  readonly slowest: number;
}

const GENERATION_MILLIS = 60 * 60 * 1000;
/** What an exemplar takes in memory. */
const EXEMPLAR_BYTES = 320;
/** Above every rank of a request of which the trace is recorded. */
const UNRECORDED = 2 ** 32;

interface Ranked {
  readonly rank: number;
  /** Decides between equal ranks, before the ID does: those of requests of one trace are all the same. */
  readonly tie: number;
  readonly exemplar: Exemplar;
}

/** What was kept of one hour. */
class Generation {
  readonly #limits: TailSampleLimits;
  readonly bands: Ranked[][];
  readonly slowest: Ranked[] = [];

  constructor(limits: TailSampleLimits) {
    this.#limits = limits;
    this.bands = Array.from({ length: limits.bandMillis.length + 1 }, () => []);
  }

  offer(request: OfferedRequest, durationMillis: number): void {
    const { bandMillis, perBand, slowest } = this.#limits;
    const band = this.bands[bandOf(durationMillis, bandMillis)] ?? [];
    const rank = sampleRank(request);
    if (isLow(rank, band, perBand)) {
      const ranked = { rank, tie: fnv1a(request.id), exemplar: exemplarOf(request, durationMillis) };
      keepOfTrace(ranked, band, perBand);
    }
    if (isLow(-durationMillis, this.slowest, slowest)) {
      const ranked = { rank: -durationMillis, tie: 0, exemplar: exemplarOf(request, durationMillis) };
      keep(ranked, this.slowest, slowest);
    }
  }

  merge(other: Generation): void {
    for (const [index, band] of other.bands.entries())
      for (const ranked of band) keepOfTrace(ranked, this.bands[index] ?? [], this.#limits.perBand);
    for (const ranked of other.slowest) keep(ranked, this.slowest, this.#limits.slowest);
  }

  get size(): number {
    return this.slowest.length + this.bands.reduce((sum, band) => sum + band.length, 0);
  }
}

/**
 * The slowest requests of this hour and the last, and a sample of each latency band of them. Which requests of a band are in
 * the sample depends on their ranks alone, not on the order in which they came. Of a trace there is one in each band at most.
 *
 * Hours are those of the wall clock, so that they are the same in all processes. A clock that is set back into the last hour
 * adds to that one until it has caught up; one that is set back further leaves what was kept for one hour more. One that is
 * set forward is time that passes.
 */
export class TailSample {
  readonly #limits: TailSampleLimits;
  #hour = Number.NEGATIVE_INFINITY;
  #current: Generation;
  #previous: Generation;

  constructor(limits: TailSampleLimits) {
    this.#limits = limits;
    this.#current = new Generation(limits);
    this.#previous = new Generation(limits);
  }

  /** Keeps a request where its rank is among the lowest of its band, or its duration among the longest. */
  offer(request: OfferedRequest, durationMillis: number, wallMillis: number): void {
    this.turn(wallMillis);
    this.#of(hourOf(wallMillis)).offer(request, durationMillis);
  }

  /** Keeps of another's exemplars those that it would have kept itself. */
  merge(other: TailSample, wallMillis: number): void {
    this.turn(wallMillis);
    other.turn(wallMillis);
    this.#of(other.#hour).merge(other.#current);
    this.#of(other.#hour - 1).merge(other.#previous);
  }

  /** Lets go of what is older than the last hour. */
  turn(wallMillis: number): void {
    const hour = hourOf(wallMillis);
    if (hour < this.#hour - 1) this.#turnBackTo(hour);
    else this.#turnTo(hour);
  }

  /** The slowest, the longest first. */
  get slowest(): readonly Exemplar[] {
    return [...this.#current.slowest, ...this.#previous.slowest].sort(byRank).map(({ exemplar }) => exemplar);
  }

  /** The sample of each band, in the order of the bands. */
  get bands(): readonly (readonly Exemplar[])[] {
    return this.#current.bands.map((band, index) => {
      const both = [...band, ...(this.#previous.bands[index] ?? [])].sort(byRank);
      const traceIds = both.map(traceIdOf);
      return both
        .filter((ranked, at) => traceIds[at] === undefined || traceIds.indexOf(traceIdOf(ranked)) === at)
        .map(({ exemplar }) => exemplar);
    });
  }

  get bytes(): number {
    return (this.#current.size + this.#previous.size) * EXEMPLAR_BYTES;
  }

  #turnTo(hour: number): void {
    if (!(hour > this.#hour)) return;
    this.#previous = hour === this.#hour + 1 ? this.#current : new Generation(this.#limits);
    this.#current = new Generation(this.#limits);
    this.#hour = hour;
  }

  /** What was kept becomes the hour before, as if it had happened then: nobody knows when the clock was right. */
  #turnBackTo(hour: number): void {
    this.#previous.merge(this.#current);
    this.#current = new Generation(this.#limits);
    this.#hour = hour;
  }

  #of(hour: number): Generation {
    return hour < this.#hour ? this.#previous : this.#current;
  }
}

function hourOf(wallMillis: number): number {
  return Math.floor(wallMillis / GENERATION_MILLIS);
}

/** Whether a rank may be among the lowest that are kept; mostly it is not, which is to cost little. */
function isLow(rank: number, kept: readonly Ranked[], limit: number): boolean {
  const last = kept[kept.length - 1];
  return last === undefined || kept.length < limit || rank <= last.rank;
}

/** Of a trace the request of the lowest rank is kept alone: one trace of a thousand calls would be the whole sample. */
function keepOfTrace(ranked: Ranked, kept: Ranked[], limit: number): void {
  const traceId = traceIdOf(ranked);
  const index = traceId === undefined ? -1 : kept.findIndex((other) => traceIdOf(other) === traceId);
  const other = kept[index];
  if (other !== undefined) {
    if (byRank(other, ranked) < 0) return;
    kept.splice(index, 1);
  }
  keep(ranked, kept, limit);
}

function traceIdOf({ exemplar }: Ranked): string | undefined {
  return exemplar.trace?.traceId;
}

function keep(ranked: Ranked, kept: Ranked[], limit: number): void {
  let index = kept.length;
  for (let before = kept[index - 1]; before !== undefined && byRank(before, ranked) > 0; before = kept[index - 1])
    index -= 1;
  kept.splice(index, 0, ranked);
  if (kept.length > limit) kept.pop();
}

function exemplarOf(request: OfferedRequest, durationMillis: number): Exemplar {
  const { id, operation, state, startedWallMillis, trace } = request;
  return { requestId: id, operation, failed: state === 'failed', durationMillis, startedWallMillis, trace };
}

function bandOf(durationMillis: number, bandMillis: readonly number[]): number {
  const index = bandMillis.findIndex((upper) => durationMillis <= upper);
  return index === -1 ? bandMillis.length : index;
}

function byRank(a: Ranked, b: Ranked): number {
  return a.rank - b.rank || a.tie - b.tie || (a.exemplar.requestId < b.exemplar.requestId ? -1 : 1);
}

/**
 * The place of a request in a sample: those of which the trace is recorded come before all others, since they can be looked
 * at; among them it is by 32 bits that are spread evenly: of the trace ID, whose end is random; of the request's ID where
 * there is no trace.
 */
export function sampleRank({ id, trace }: Pick<OfferedRequest, 'id' | 'trace'>): number {
  if (trace === undefined) return UNRECORDED + fnv1a(id);
  const end = Number.parseInt(trace.traceId.slice(-8), 16);
  return (trace.sampled ? 0 : UNRECORDED) + (Number.isNaN(end) ? fnv1a(id) : end);
}

/** FNV-1a of 32 bits over UTF-16 code units, with a last mixing, since IDs that are counted differ in few bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
