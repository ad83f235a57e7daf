import type { SpanDetails } from './spanDetails.ts';
import type { TraceRoot, TraceSummary } from './traceSummary.ts';
import type { TraceSearch } from './traceSearch.ts';
import type { Waterfall, WaterfallRow } from './waterfall.ts';

/** A trace without its rows. */
export interface TraceHead extends Omit<Waterfall, 'rows'> {
  /** When it was read from Jaeger, in milliseconds since 1970: rows of the same reading belong together. */
  readonly readMillis: number;
  readonly root: TraceRoot | undefined;
  /** How many rows there are. */
  readonly rowCount: number;
}

/** Some of a trace's rows, in their order. */
export interface TraceRows {
  readonly readMillis: number;
  readonly rows: readonly WaterfallRow[];
}

/** What a trace's spans of one ID say: mostly one, more in broken traces. */
export interface SpanDetailsFound {
  readonly readMillis: number;
  readonly spans: readonly SpanDetails[];
}

/** Rows in which a text was found. */
export interface FoundRows {
  readonly readMillis: number;
  /** Indices of rows, in their order. */
  readonly rows: readonly number[];
}

/**
 * Shows what Jaeger has stored, in pieces that are small enough to be handed on in the application's own thread. Everything that
 * can go wrong is a `TraceQueryError`.
 */
export interface TraceReader {
  /** Where Jaeger is asked, without user name and password: for messages. */
  readonly address: string;
  services(): Promise<readonly string[]>;
  operations(service: string): Promise<readonly string[]>;
  /** The traces that are like what is sought, the latest first. */
  search(search: TraceSearch): Promise<readonly TraceSummary[]>;
  trace(traceId: string): Promise<TraceHead>;
  /** At most `ROWS_AT_ONCE` rows, from the index `from` on. */
  rows(traceId: string, from: number): Promise<TraceRows>;
  /** Where the trace has no such span, there are none. */
  spans(traceId: string, spanId: string): Promise<SpanDetailsFound>;
  /** Looks at names, IDs, tags and events, as they are shown; capitals do not matter. */
  find(traceId: string, text: string): Promise<FoundRows>;
  /** Lets go of everything; who asks later is answered all the same. */
  stop(): void;
}

/** How many rows are handed on at once: what that takes stays below 5 ms in the application's thread. */
export const ROWS_AT_ONCE = 1000;
