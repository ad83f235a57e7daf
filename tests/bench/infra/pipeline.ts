import { z } from 'zod';

/** The programs that a span passes. */
export const stages = ['agent', 'collector', 'elasticsearch'] as const;

/** One of {@link stages}. */
export type Stage = (typeof stages)[number];

/** Agent, collectors and Elasticsearch, with a way to load them. */
export interface Pipeline {
  /** Ids of the processes of each stage. */
  readonly processes: Readonly<Record<Stage, readonly string[]>>;
  /** Whether they and their load are processes of the local cluster. */
  readonly inCluster: boolean;
  /** Sends spans and waits until they are stored. @throws Error when they are not all stored. */
  load(load: SpanLoad): Promise<LoadResult>;
}

/** What `tools/toolchain/parts/trace-clients/span-load` is asked for. */
export interface SpanLoad {
  /** Name of the spans' service, which no other run has. */
  readonly service: string;
  /** Spans; a multiple of ten. */
  readonly spans: number;
  /** Spans that are sent and not stored, at most. */
  readonly inFlight: number;
}

/** Not every span that was sent is stored: the run measures nothing. */
export class LostSpansError extends Error {
  override readonly name = 'LostSpansError';
}

const loadResult = z.object({
  spans: z.number(),
  bytes: z.number(),
  stored: z.number(),
  seconds: z.number(),
  readings: z.number(),
  cpuSeconds: z.number(),
});

/** What a run of `span-load` came to. */
export type LoadResult = z.infer<typeof loadResult>;

/** The addresses that a load is sent to and watched at, as the place that it runs in has them. */
export interface LoadAddresses {
  /** Host and port of the agent's compact thrift. */
  readonly agent: string;
  /** The agent's metrics, by which it is known what it has read. */
  readonly agentMetrics: string;
  readonly elasticsearch: string;
  readonly indices: string;
}

/** The command line of `span-load`. */
export function loadArguments(addresses: LoadAddresses, { service, spans, inFlight }: SpanLoad): readonly string[] {
  return [
    `-agent=${addresses.agent}`,
    `-agent-metrics=${addresses.agentMetrics}`,
    `-elasticsearch=${addresses.elasticsearch}`,
    `-indices=${addresses.indices}`,
    `-service=${service}`,
    `-spans=${spans}`,
    `-in-flight=${inFlight}`,
  ];
}

/**
 * Reads what `span-load` printed.
 * @throws LostSpansError when not exactly the spans that were sent are stored; Error when it says nothing.
 */
export function parseLoadResult(output: string, succeeded: boolean): LoadResult {
  const line = output.split('\n').find((text) => text.startsWith('{'));
  if (line === undefined) throw new Error(`span-load failed:\n${output.trim()}`);
  const result = loadResult.parse(JSON.parse(line));
  if (!succeeded || result.stored !== result.spans) throw new LostSpansError(`span-load failed:\n${output.trim()}`);
  return result;
}
