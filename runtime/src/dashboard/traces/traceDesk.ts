import { shownName } from '../foreignText.ts';
import type { JaegerQuery } from './jaegerQuery.ts';
import type { JaegerSpan, JaegerTrace } from './jaegerTrace.ts';
import { distinctSpans } from './distinctSpans.ts';
import { type SpanDetails, SpanDetailsReader } from './spanDetails.ts';
import { parseTraceId } from './traceId.ts';
import { TraceQueryError } from './traceQueryError.ts';
import {
  type FoundRows,
  ROWS_AT_ONCE,
  type SpanDetailsFound,
  type TraceHead,
  type TraceReader,
  type TraceRows,
} from './traceReader.ts';
import type { TraceSearch } from './traceSearch.ts';
import { type TraceSummary, traceSummary } from './traceSummary.ts';
import { type Waterfall, waterfall } from './waterfall.ts';
import { MOST_NAME_LENGTH } from './waterfallLimits.ts';

/** What a desk is made with. */
export interface TraceDeskPorts {
  readonly query: JaegerQuery;
  /** Milliseconds since 1970. */
  readonly wallMillis: () => number;
  readonly monotonicMillis: () => number;
  /** Takes secrets out of texts that the services wrote. */
  readonly redact: (text: string) => string;
}

/** How long a trace is kept to which spans may still come. */
const FRESH_MILLIS = 5_000;
/** A trace that ended so long before it was read has all of its spans. */
const SETTLED_AFTER_MILLIS = 60_000;
/** How long such a trace is kept. */
const SETTLED_FRESH_MILLIS = 300_000;
const MOST_TRACES = 8;
/** Of all that are kept, but for the one that was read last. */
const MOST_SPANS = 30_000;
/** How many spans of one ID are shown. */
const MOST_OF_AN_ID = 10;

interface ReadTrace {
  readonly readMillis: number;
  readonly head: TraceHead;
  readonly rows: Waterfall['rows'];
  readonly details: SpanDetailsReader;
  /** By the ID that rows have. */
  readonly spans: ReadonlyMap<string, readonly JaegerSpan[]>;
}

interface Kept {
  readonly trace: Promise<ReadTrace>;
  freshUntilMillis: number;
  spanCount: number;
}

/** Reads traces from Jaeger and keeps the last ones for a while, so that a trace that is looked at is read once. */
export class TraceDesk implements TraceReader {
  readonly #ports: TraceDeskPorts;
  /** Those asked for last at the end. */
  readonly #kept = new Map<string, Kept>();
  #lastReadMillis = 0;

  constructor(ports: TraceDeskPorts) {
    this.#ports = ports;
  }

  get address(): string {
    return this.#ports.query.address;
  }

  services(): Promise<readonly string[]> {
    return this.#ports.query.services();
  }

  operations(service: string): Promise<readonly string[]> {
    return this.#ports.query.operations(service);
  }

  async search(search: TraceSearch): Promise<readonly TraceSummary[]> {
    return (await this.#ports.query.find(search)).map(traceSummary);
  }

  async trace(traceId: string): Promise<TraceHead> {
    return (await this.#read(traceId)).head;
  }

  async rows(traceId: string, from: number): Promise<TraceRows> {
    const { readMillis, rows } = await this.#read(traceId);
    return { readMillis, rows: rows.slice(from, from + ROWS_AT_ONCE) };
  }

  async spans(traceId: string, spanId: string): Promise<SpanDetailsFound> {
    const { readMillis, spans, details } = await this.#read(traceId);
    const found = spans.get(spanId) ?? [];
    return { readMillis, spans: found.slice(0, MOST_OF_AN_ID).map((span) => details.read(span)) };
  }

  async find(traceId: string, text: string): Promise<FoundRows> {
    const { readMillis, rows, spans, details } = await this.#read(traceId);
    const sought = text.toLowerCase();
    const found = rows.flatMap(({ spanId, service, operation }, index) => {
      const isFound =
        [spanId, service, operation].some((name) => name.toLowerCase().includes(sought)) ||
        (spans.get(spanId) ?? []).some((span) => holds(details.read(span), sought));
      return isFound ? [index] : [];
    });
    return { readMillis, rows: found };
  }

  stop(): void {
    this.#kept.clear();
  }

  async #read(traceId: string): Promise<ReadTrace> {
    const id = parseTraceId(traceId);
    if (id === undefined)
      throw new TraceQueryError('badQuery', 'a trace ID has 16 to 32 hexadecimal digits, not all 0');
    const nowMillis = this.#ports.monotonicMillis();
    const known = this.#kept.get(id);
    this.#kept.delete(id);
    if (known && nowMillis < known.freshUntilMillis) {
      this.#kept.set(id, known);
      return known.trace;
    }
    const kept: Kept = { trace: this.#readAnew(id), freshUntilMillis: Number.POSITIVE_INFINITY, spanCount: 0 };
    this.#kept.set(id, kept);
    try {
      const trace = await kept.trace;
      const { startMicros, durationMicros, spanCount } = trace.head;
      const isSettled = trace.readMillis - (startMicros + durationMicros) / 1000 > SETTLED_AFTER_MILLIS;
      kept.freshUntilMillis = this.#ports.monotonicMillis() + (isSettled ? SETTLED_FRESH_MILLIS : FRESH_MILLIS);
      kept.spanCount = spanCount;
      this.#makeRoom();
      return trace;
    } catch (error) {
      if (this.#kept.get(id) === kept) this.#kept.delete(id);
      throw error;
    }
  }

  async #readAnew(id: string): Promise<ReadTrace> {
    const trace = await this.#ports.query.trace(id);
    // Two readings within a millisecond, or after the clock was set, are two all the same.
    const readMillis = Math.max(this.#ports.wallMillis(), this.#lastReadMillis + 1);
    this.#lastReadMillis = readMillis;
    const { rows, ...head } = waterfall(trace);
    return {
      readMillis,
      head: { ...head, readMillis, root: traceSummary(trace).root, rowCount: rows.length },
      rows,
      details: new SpanDetailsReader(trace, head.startMicros, this.#ports.redact),
      spans: spansById(trace),
    };
  }

  #makeRoom(): void {
    let spans = [...this.#kept.values()].reduce((sum, { spanCount }) => sum + spanCount, 0);
    for (const [id, { spanCount }] of this.#kept) {
      if (this.#kept.size <= 1 || (this.#kept.size <= MOST_TRACES && spans <= MOST_SPANS)) return;
      this.#kept.delete(id);
      spans -= spanCount;
    }
  }
}

function spansById(trace: JaegerTrace): ReadonlyMap<string, readonly JaegerSpan[]> {
  const byId = new Map<string, JaegerSpan[]>();
  for (const span of distinctSpans(trace)) {
    const id = shownName(span.spanID, MOST_NAME_LENGTH);
    const same = byId.get(id);
    if (same === undefined) byId.set(id, [span]);
    else same.push(span);
  }
  return byId;
}

/** What a person sees is what is looked through: nobody finds out a secret by guessing. */
function holds({ tags, events, exceptions, warnings, process }: SpanDetails, sought: string): boolean {
  const isIn = (text: string): boolean => text.toLowerCase().includes(sought);
  const isInTags = (list: SpanDetails['tags']): boolean =>
    list.some(({ key, value }) => isIn(key) || isIn(String(value)));
  return (
    isInTags(tags) ||
    isInTags(process.tags) ||
    warnings.some(isIn) ||
    events.some((event) => isIn(event.name) || isInTags(event.tags)) ||
    exceptions.some(({ type, message, stack }) => isIn(type) || isIn(message) || isIn(stack))
  );
}
