import type { V1EnvVar } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TracingStackOutputs } from '../../../runtime/src/tracing/stackOutputs.ts';
import type { ApplicationNamespace } from './applicationNamespace.ts';
import { findTrace } from './findTrace.ts';
import { hostPort } from './reachFirst.ts';

const sentSpan = z.object({
  client: z.string(),
  service: z.string(),
  operation: z.string(),
  tags: z.record(z.string(), z.string()),
});

/** A span as `tools/toolchain/parts/trace-clients` says that it sent it. */
export type SentSpan = z.infer<typeof sentSpan>;

/** What a run of the clients came to. */
export interface SentSpans {
  /** By client. */
  readonly spans: ReadonlyMap<string, SentSpan>;
  /** Everything that the clients wrote, for a person. */
  readonly log: string;
}

/** Sends one span with each of the foreign clients from a pod, which is given the stack's outputs and no other address. */
export async function sendSpans(
  namespace: ApplicationNamespace,
  job: string,
  outputs: TracingStackOutputs,
  clients: readonly string[],
  env: readonly V1EnvVar[] = [],
): Promise<SentSpans> {
  const run = `${job}-${Date.now().toString(36)}`;
  const { log } = await namespace.run({
    name: job,
    reachesFirst: [outputs.agent.samplingUrl, outputs.collector.thriftHttpUrl].map(hostPort),
    container: {
      image: 'tracewright/trace-clients:test',
      args: [run, ...clients],
      env: [{ name: 'OUTPUTS', value: JSON.stringify(outputs) }, ...env],
    },
  });
  const lines = log.split('\n').filter((line) => line.startsWith('{'));
  const spans = lines.map((line) => sentSpan.parse(JSON.parse(line)));
  return { spans: new Map(spans.map((span) => [span.client, span])), log };
}

/** Looks for the span of a client through the query API, and asserts that it is as it was sent. */
export async function expectSent(queryUrl: string, sent: SentSpans, client: string): Promise<void> {
  const span = sent.spans.get(client);
  if (span === undefined) throw new Error(`${client} could not send:\n${sent.log}`);
  const { spans, processes } = await findTrace(queryUrl, span.service);
  expect(spans).toHaveLength(1);
  const [{ operationName, processID, tags } = { operationName: '', processID: '', tags: [] }] = spans;
  // Zipkin's clients write names in lower case; these are.
  expect([processes[processID]?.serviceName, operationName]).toEqual([span.service, span.operation]);
  expect(Object.fromEntries(tags.map(({ key, value }) => [key, value]))).toMatchObject(span.tags);
}
