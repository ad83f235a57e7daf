import { z } from 'zod';
import { sumOfMetric } from '../../support/sumOfMetric.ts';
import { type JaegerPipeline, startJaegerPipeline } from '../../integration/support/jaegerPipeline.ts';
import { kernelDrops } from './kernelDrops.ts';
import { runProgram } from '../runProgram.ts';

/** What fits into a packet of the largest size: a span of the load takes 658 bytes (`measureBytesPerSpan`). */
const MOST_SPANS_OF_A_PACKET = Math.floor(65_000 / 658);

const program = z.object({
  made: z.number(),
  tookSeconds: z.number(),
  counts: z.object({ dropped: z.record(z.string(), z.number()) }),
  heapMebibytes: z.array(z.number()),
});

/** What became of every span of a run. */
export interface SustainedRun {
  readonly spansPerSecond: number;
  /** Counted as dropped by the tracer. */
  readonly droppedByTracer: number;
  readonly stored: number;
  /** Counted as dropped by the collector or as failed by the agent. */
  readonly droppedByJaeger: number;
  /** Packets that the agent's socket or queue had no room for, by the kernel's count and the agent's. */
  readonly lostPackets: number;
  /** Spans that nobody counted: neither stored nor dropped, and more than the lost packets can have held. */
  readonly unaccounted: number;
  /** Used heap after a collection, at the second reading and at the last. */
  readonly heapMebibytes: { readonly first: number; readonly last: number };
}

/** The load of a run. */
export interface SustainedLoad {
  readonly spansPerSecond: number;
  readonly seconds: number;
}

/** Sends spans at a steady pace into a real agent and collector, and asks every part what became of them. */
export async function measureSustained({ spansPerSecond, seconds }: SustainedLoad): Promise<SustainedRun> {
  const jaeger = await startJaegerPipeline();
  try {
    const port = jaeger.agentPort;
    const output = await runProgram('tracing', 'sustainedSpans', [port, spansPerSecond, seconds]);
    return await reconcile(program.parse(output), jaeger, port);
  } finally {
    await jaeger.stop();
  }
}

async function reconcile(run: z.infer<typeof program>, jaeger: JaegerPipeline, port: number): Promise<SustainedRun> {
  const { made, tookSeconds, counts, heapMebibytes } = run;
  const droppedByTracer = Object.values(counts.dropped).reduce((sum, count) => sum + count, 0);
  const stored = await settled(() => jaeger.storedSpans('sustained'));
  const [agent, collector] = await Promise.all([metrics(jaeger.agentMetricsUrl), metrics(jaeger.collectorMetricsUrl)]);
  const droppedByJaeger =
    sumOfMetric(agent, 'jaeger_agent_reporter_spans_failures_total') +
    sumOfMetric(collector, 'jaeger_collector_spans_dropped_total');
  const lostPackets = kernelDrops(port) + sumOfMetric(agent, 'jaeger_agent_thrift_udp_server_packets_dropped_total');
  const missing = made - droppedByTracer - stored - droppedByJaeger;
  return {
    spansPerSecond: made / tookSeconds,
    droppedByTracer,
    stored,
    droppedByJaeger,
    lostPackets,
    // How many spans a lost packet held is known to nobody, only how many it can hold. More stored than made is wrong too.
    unaccounted: missing > 0 ? Math.max(0, missing - lostPackets * MOST_SPANS_OF_A_PACKET) : -missing,
    heapMebibytes: { first: heapMebibytes[1] ?? NaN, last: heapMebibytes.at(-1) ?? NaN },
  };
}

async function metrics(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** A count once it has not moved for two seconds. */
async function settled(read: () => Promise<number>): Promise<number> {
  let value = await read();
  for (let still = 0; still < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const next = await read();
    still = next === value ? still + 1 : 0;
    value = next;
  }
  return value;
}
