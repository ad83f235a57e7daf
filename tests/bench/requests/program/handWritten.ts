import { performance } from 'node:perf_hooks';
import { trace } from '@opentelemetry/api';

// What somebody writes who needs the state of a `RequestTracker`, and nothing of its interface: no checks, no errors, no
// redaction, no events, no cursors. Requests by ID and by user, agent and operation, in the order of their starts and ends, evicted by count, bytes and age; durations of the
// last day by each, in slices that are rolled up, in buckets of a ratio; the slowest and a sample of each latency band by the hour.

interface Request {
  readonly id: string;
  readonly sequence: number;
  readonly operation: string;
  readonly userId: string;
  readonly agentId: string;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly sampled: boolean;
  readonly startedAt: number;
  readonly started: number;
  state: 'pending' | 'processing' | 'completed';
  processing: number;
  finished: number;
  evicted: boolean;
}

interface Slice {
  readonly start: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  satisfied: number;
  tolerating: number;
  readonly buckets: number[];
  readonly counts: number[];
}

interface Series {
  readonly levels: readonly [Slice[], Slice[], Slice[]];
}

interface Exemplar {
  readonly rank: number;
  readonly id: string;
  readonly traceId: string | undefined;
  readonly duration: number;
}

interface Tail {
  hour: number;
  bands: Exemplar[][];
  slowest: Exemplar[];
}

const WIDTHS = [10_000, 300_000, 3_600_000] as const;
const KEPT = [300_000, 3_600_000, 86_400_000] as const;
const LOG_GROWTH = Math.log(1.009 / 0.991);
const BANDS = [10, 100, 1000, 10_000] as const;
const APDEX_MILLIS = 500;
const BASE_BYTES = 600;
const MOST_BYTES = 500_000_000;

/** The hand-written peer. */
export class HandWritten {
  readonly #most: number;
  readonly #maxAge = 3_600_000;
  readonly #byId = new Map<string, Request>();
  readonly #indexes = [
    new Map<string, Request[]>(),
    new Map<string, Request[]>(),
    new Map<string, Request[]>(),
  ] as const;
  readonly #series = [new Map<string, Series>(), new Map<string, Series>(), new Map<string, Series>()] as const;
  readonly #all: Series = { levels: [[], [], []] };
  readonly #tails = new Map<string, Tail>();
  readonly #unfinished = new Set<Request>();
  #started: Request[] = [];
  #finished: Request[] = [];
  #head = 0;
  #bytes = 0;
  #sequence = 0;

  constructor(most: number) {
    this.#most = most;
  }

  start(operation: string, userId: string, agentId: string): Request {
    const span = trace.getActiveSpan()?.spanContext();
    const sequence = (this.#sequence += 1);
    const request: Request = {
      id: `peer-${sequence.toString(36)}`,
      sequence,
      operation,
      userId,
      agentId,
      traceId: span?.traceId,
      spanId: span?.spanId,
      sampled: ((span?.traceFlags ?? 0) & 1) === 1,
      startedAt: Date.now(),
      started: performance.now(),
      state: 'pending',
      processing: 0,
      finished: 0,
      evicted: false,
    };
    this.#byId.set(request.id, request);
    this.#started.push(request);
    this.#bytes += BASE_BYTES + request.id.length * 2;
    this.#unfinished.add(request);
    index(this.#indexes[0], operation, request);
    index(this.#indexes[1], userId, request);
    index(this.#indexes[2], agentId, request);
    this.#evict(request.started);
    return request;
  }

  process(request: Request): void {
    request.state = 'processing';
    request.processing = performance.now();
  }

  complete(request: Request): void {
    const now = performance.now();
    const duration = now - request.started;
    request.state = 'completed';
    request.finished = now;
    this.#unfinished.delete(request);
    this.#finished.push(request);
    const bucket = Math.ceil(Math.log(Math.max(duration, 1e-4)) / LOG_GROWTH);
    count(this.#all, duration, bucket, now);
    count(seriesOf(this.#series[0], request.operation), duration, bucket, now);
    count(seriesOf(this.#series[1], request.userId), duration, bucket, now);
    count(seriesOf(this.#series[2], request.agentId), duration, bucket, now);
    this.#sample(request, duration, now);
  }

  #evict(now: number): void {
    let oldest = this.#finished[this.#head];
    while (
      oldest !== undefined &&
      (this.#byId.size > this.#most || this.#bytes > MOST_BYTES || now - oldest.finished > this.#maxAge)
    ) {
      oldest.evicted = true;
      this.#bytes -= BASE_BYTES + oldest.id.length * 2;
      this.#byId.delete(oldest.id);
      unindex(this.#indexes[0], oldest.operation);
      unindex(this.#indexes[1], oldest.userId);
      unindex(this.#indexes[2], oldest.agentId);
      this.#head += 1;
      if (this.#head * 2 > this.#finished.length) {
        this.#finished = this.#finished.slice(this.#head);
        this.#head = 0;
        this.#started = this.#started.filter(({ evicted }) => !evicted);
      }
      oldest = this.#finished[this.#head];
    }
  }

  #sample(request: Request, duration: number, now: number): void {
    const hour = Math.floor(now / 3_600_000);
    let tail = this.#tails.get(request.operation);
    if (tail?.hour !== hour) {
      tail = { hour, bands: BANDS.map(() => []).concat([[]]), slowest: [] };
      this.#tails.set(request.operation, tail);
    }
    const rank = Number.parseInt(request.traceId?.slice(-8) ?? '0', 16);
    const band = BANDS.findIndex((upper) => duration <= upper);
    keep(tail.bands[band === -1 ? BANDS.length : band] ?? [], rank, 5, request, duration);
    keep(tail.slowest, -duration, 10, request, duration);
  }
}

function index(lists: Map<string, Request[]>, key: string, request: Request): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [request]);
  else list.push(request);
}

/** The evicted ones lie in front, mostly; they go once they are half of the list. */
function unindex(lists: Map<string, Request[]>, key: string): void {
  const list = lists.get(key);
  if (list === undefined || list[list.length >> 1]?.evicted !== true) return;
  const kept = list.filter(({ evicted }) => !evicted);
  if (kept.length === 0) lists.delete(key);
  else lists.set(key, kept);
}

function seriesOf(all: Map<string, Series>, key: string): Series {
  let series = all.get(key);
  if (series === undefined) {
    series = { levels: [[], [], []] };
    all.set(key, series);
  }
  return series;
}

function count({ levels }: Series, duration: number, bucket: number, now: number): void {
  let slice = levels[0].at(-1);
  if (slice === undefined || now >= slice.start + WIDTHS[0]) {
    rollUp(levels, now);
    slice = newSlice(Math.floor(now / WIDTHS[0]) * WIDTHS[0]);
    levels[0].push(slice);
  }
  slice.count += 1;
  slice.sum += duration;
  if (duration < slice.min) slice.min = duration;
  if (duration > slice.max) slice.max = duration;
  if (duration <= APDEX_MILLIS) slice.satisfied += 1;
  else if (duration <= 4 * APDEX_MILLIS) slice.tolerating += 1;
  addTo(slice, bucket, 1);
}

function newSlice(start: number): Slice {
  return { start, count: 0, sum: 0, min: Infinity, max: 0, satisfied: 0, tolerating: 0, buckets: [], counts: [] };
}

function addTo({ buckets, counts }: Slice, bucket: number, by: number): void {
  let low = 0;
  let high = buckets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((buckets[middle] ?? 0) < bucket) low = middle + 1;
    else high = middle;
  }
  if (buckets[low] === bucket) counts[low] = (counts[low] ?? 0) + by;
  else {
    buckets.splice(low, 0, bucket);
    counts.splice(low, 0, by);
  }
}

function rollUp(levels: Series['levels'], now: number): void {
  for (const [level, slices] of levels.entries()) {
    while (slices[0] !== undefined && slices[0].start + (WIDTHS[level] ?? 0) <= now - (KEPT[level] ?? 0)) {
      const old = slices.shift();
      const width = WIDTHS[level + 1];
      if (old === undefined || width === undefined) continue;
      const start = Math.floor(old.start / width) * width;
      let wider = levels[level + 1]?.at(-1);
      if (wider?.start !== start) {
        wider = newSlice(start);
        levels[level + 1]?.push(wider);
      }
      wider.count += old.count;
      wider.sum += old.sum;
      wider.min = Math.min(wider.min, old.min);
      wider.max = Math.max(wider.max, old.max);
      wider.satisfied += old.satisfied;
      wider.tolerating += old.tolerating;
      for (const [index, bucket] of old.buckets.entries()) addTo(wider, bucket, old.counts[index] ?? 0);
    }
  }
}

function keep(kept: Exemplar[], rank: number, most: number, { id, traceId }: Request, duration: number): void {
  if (kept.length >= most && rank >= (kept.at(-1)?.rank ?? 0)) return;
  let place = kept.length;
  while (place > 0 && (kept[place - 1]?.rank ?? 0) > rank) place -= 1;
  kept.splice(place, 0, { rank, id, traceId, duration });
  if (kept.length > most) kept.pop();
}
