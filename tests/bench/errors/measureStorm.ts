import autocannon from 'autocannon';
import { execa } from 'execa';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { nodeArguments } from '../runProgram.ts';

const CONNECTIONS = 10;
const WARM_UP_SECONDS = 2;
/** Of errors in the storm. */
const KINDS = 10;

const address = z.object({ url: z.string() });
const ended = z.object({
  thrown: z.number(),
  counted: z.number(),
  inGroups: z.number(),
  groups: z.number(),
  shed: z.number(),
  residentBytes: z.number(),
});

/** What became of a storm. */
export interface Storm extends z.infer<typeof ended> {
  /** Requests that the application answered meanwhile. */
  readonly requestsPerSecond: number;
  /** How long they took, 99th percentile. */
  readonly latencyP99Millis: number;
}

/** With tracking as it is by default, with a tenth of the thread's time for it, and without. */
export type StormMode = 'ours' | 'tenth' | 'none';

/** An HTTP server under load in which so many errors a second are thrown and caught. */
export async function measureStorm(mode: StormMode, errorsPerSecond: number, seconds: number): Promise<Storm> {
  const server = execa(process.execPath, [...nodeArguments('errors', 'stormServer'), mode, String(errorsPerSecond)]);
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const { url } = address.parse(await next());
  await autocannon({ url, connections: CONNECTIONS, duration: WARM_UP_SECONDS });
  const load = await autocannon({ url, connections: CONNECTIONS, duration: seconds });
  const failed = load.non2xx + load.errors;
  if (failed > 0) throw new Error(`${failed} of ${load.requests.sent} requests failed`);
  server.stdin.end();
  const storm = ended.parse(await next());
  await server;
  const groups = mode === 'none' ? 0 : KINDS;
  if (storm.groups !== groups) throw new Error(`${storm.groups} groups came of ${groups} kinds of errors`);
  return { ...storm, requestsPerSecond: load['2xx'] / load.duration, latencyP99Millis: load.latency.p99 };
}
