import type { TracingOptions } from './tracingOptions.ts';

/** The three sources of a tracing configuration, the strongest first. */
export interface TracingSources {
  /** What the caller gave. Of its `stackOutputs` no more is read here than whether it is an option at all. */
  readonly options: TracingOptions;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The stack outputs as they came out of JSON, or `undefined` where there are none. */
  readonly stackOutputs: unknown;
}
