import type { Observability } from '../observability.ts';
import type { Instance } from './instance.ts';
import type { TraceReader } from './traces/traceReader.ts';

/** What views are read from: this instance's parts of the runtime, and Jaeger where it was named. */
export interface ViewSource {
  readonly instance: Instance;
  readonly observability: Pick<Observability, 'tracing' | 'requests' | 'performance' | 'errors'>;
  /** `undefined` where the page was not told of Jaeger's query API. */
  readonly jaeger: TraceReader | undefined;
  /** Address of Jaeger's own UI as people reach it; not there where the page was not told. */
  readonly jaegerUrl?: string;
  /** Milliseconds since 1970. */
  readonly wallMillis: () => number;
}
