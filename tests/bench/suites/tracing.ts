import { loadavg } from 'node:os';
import { z } from 'zod';
import { type JaegerPipeline, startJaegerPipeline } from '../../integration/support/jaegerPipeline.ts';
import {
  atLeastOfPeer,
  atMost,
  atMostOfPeer,
  type Figure,
  type Measured,
  none,
  observe,
  type Pairs,
} from '../figure.ts';
import { measureBytesPerSpan } from '../tracing/measureBytesPerSpan.ts';
import { measureEcho } from '../tracing/measureEcho.ts';
import { measurePairs } from '../measurePairs.ts';
import { measureSustained, type SustainedRun } from '../tracing/measureSustained.ts';
import { runProgram } from '../runProgram.ts';
import type { Side } from '../side.ts';

/** How the suite `tracing` is run. */
export interface TracingBenchOptions {
  /** Runs of each figure. */
  readonly runs: number;
  /** Runs of the sustained load, a minute each. */
  readonly sustainedRuns: number;
  readonly report: (text: string) => void;
}

const SPANS = 200_000;
const REQUESTS = 20_000;
const SUSTAINED = { spansPerSecond: 20_000, seconds: 60 } as const;
const BARE = 'the bare SDK with exporter-jaeger';

const timed = z.object({ nanoseconds: z.number() });
const sent = z.object({ spansPerCpuSecond: z.number() });

/** Compares the tracer with the bare SDK and exporter-jaeger, and sends spans for a minute into a real agent. */
export async function benchTracing(options: TracingBenchOptions): Promise<Measured> {
  const load = loadavg()[0] ?? 0;
  const jaeger = await startJaegerPipeline();
  try {
    const figures = [
      ...(await spanFigures(options)),
      ...(await sendingFigures(options, jaeger)),
      await echoFigure(options, jaeger),
    ];
    const sustained = await sustainedFigures(options);
    return {
      figures: [...figures, ...sustained.figures],
      observations: [
        observe('load average of the machine when the suite began', [load], 'processes'),
        ...(sustained.observations ?? []),
      ],
    };
  } finally {
    await jaeger.stop();
  }
}

async function spanFigures({ runs, report }: TracingBenchOptions): Promise<readonly Figure[]> {
  const measure = (figure: string): Promise<Pairs> => {
    report(`${figure}: ${runs} runs of each side`);
    return measurePairs(
      runs,
      BARE,
      async (side) => timed.parse(await runProgram('tracing', 'measureSpans', [figure, side, SPANS])).nanoseconds,
    );
  };
  return [
    atMostOfPeer('a span of ten attributes started, ended, batched', await measure('span'), 1.05, 'ns'),
    atMostOfPeer('traced(fn) to a startActiveSpan by hand', await measure('traced'), 1.15, 'ns'),
    atMostOfPeer('unsampled traced(fn) to an unsampled span of the SDK', await measure('unsampled'), 0.5, 'ns'),
  ];
}

async function sendingFigures(
  { runs, report }: TracingBenchOptions,
  jaeger: JaegerPipeline,
): Promise<readonly Figure[]> {
  report(`encoding and sending: ${runs} runs of each side`);
  const pairs = await measurePairs(
    runs,
    'exporter-jaeger',
    async (side) =>
      sent.parse(await runProgram('tracing', 'sendSpans', [side, jaeger.agentPort, SPANS])).spansPerCpuSecond,
  );
  const bytes = await measurePairs(runs, 'exporter-jaeger', measureBytesPerSpan);
  return [
    atLeastOfPeer('spans encoded and sent to the agent', pairs, 5, 'spans per CPU second'),
    atMostOfPeer('bytes of a span of ten attributes', bytes, 0.6, 'bytes'),
  ];
}

async function echoFigure({ runs, report }: TracingBenchOptions, jaeger: JaegerPipeline): Promise<Figure> {
  report(`echo server: ${runs} runs without tracing and of each side`);
  const measure = (side: Side | 'none'): Promise<number> =>
    measureEcho(side, { agentPort: jaeger.agentPort, requests: REQUESTS });
  const bare: number[] = [];
  const pairs = await measurePairs(runs, 'sdk-node with exporter-jaeger', async (side) => {
    bare.push(await measure('none'));
    return (await measure(side)) - (bare.at(-1) ?? NaN);
  });
  return atMostOfPeer('processor time that tracing adds to a request of an echo server', pairs, 1, 'µs');
}

async function sustainedFigures({ sustainedRuns, report }: TracingBenchOptions): Promise<Measured> {
  const runs: SustainedRun[] = [];
  for (let run = 1; run <= sustainedRuns; run += 1) {
    report(`20,000 spans a second for a minute: run ${run} of ${sustainedRuns}`);
    runs.push(await measureSustained(SUSTAINED));
  }
  const each = (read: (run: SustainedRun) => number): readonly number[] => runs.map(read);
  return {
    figures: [
      none(
        'spans of a sustained load that are neither stored nor counted as dropped',
        each(({ unaccounted }) => unaccounted),
        'spans',
      ),
      atMost(
        'heap at the end of a sustained load to the heap after five seconds',
        each(({ heapMebibytes: { first, last } }) => last / first),
        1.1,
        'times',
      ),
    ],
    observations: [
      observe(
        'sustained load',
        each(({ spansPerSecond }) => spansPerSecond),
        'spans a second',
      ),
      observe(
        'sustained load: stored',
        each(({ stored }) => stored),
        'spans',
      ),
      observe(
        'sustained load: dropped and counted by the tracer',
        each(({ droppedByTracer }) => droppedByTracer),
        'spans',
      ),
      observe(
        'sustained load: dropped and counted by Jaeger',
        each(({ droppedByJaeger }) => droppedByJaeger),
        'spans',
      ),
      observe(
        'sustained load: packets lost and counted by the kernel and the agent',
        each(({ lostPackets }) => lostPackets),
        'packets',
      ),
      observe(
        'sustained load: heap at the end',
        each(({ heapMebibytes }) => heapMebibytes.last),
        'MiB',
      ),
    ],
  };
}
