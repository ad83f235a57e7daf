import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AgentTap } from '../support/agentTap.ts';
import type { ReceivedSpan } from '../support/receivedSpan.ts';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

/** What an application did and what was sent of it. */
export interface TracedRun {
  readonly spans: readonly ReceivedSpan[];
  readonly output: string;
  readonly code: number | null;
  /** All that came over the wire, the events of spans with it. */
  readonly packets: string;
}

/** How an application is started. */
export interface TracedRunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** @defaultValue the repository */
  readonly cwd?: string;
}

/** The path of a file of the applications of these tests. */
export function instrumentationApp(name: string): string {
  return fileURLToPath(new URL(`./apps/instrumentation/${name}`, import.meta.url));
}

/** Runs an application to its end, with every instrumentation. */
export function runTraced(app: string, options: TracedRunOptions = {}): Promise<TracedRun> {
  return runTapped(['--import', instrumentationApp('register.ts'), instrumentationApp(app)], options);
}

/** Runs Node.js with these arguments to its end. */
export async function runTapped(args: readonly string[], options: TracedRunOptions = {}): Promise<TracedRun> {
  const socket = createSocket('udp4');
  const packets: string[] = [];
  socket.on('message', (packet) => packets.push(packet.toString('utf8')));
  const tap = await AgentTap.open(await bind(socket));
  try {
    const app = new TestProcess({
      command: process.execPath,
      args: ['--conditions=tracewright-source', ...args],
      cwd: options.cwd ?? repository,
      environment: { TAP_PORT: String(tap.port), ...options.environment },
    });
    const { code } = await app.end();
    await untilQuiet(tap);
    return { spans: [...tap.spans], output: app.output, code, packets: packets.join('\n') };
  } finally {
    await tap.close();
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}

function bind(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve(socket.address().port));
  });
}

/** The process has ended, so what it sent is on the loopback interface at the latest. */
async function untilQuiet(tap: AgentTap): Promise<void> {
  const before = tap.spans.length;
  await delay(100);
  if (tap.spans.length > before) await untilQuiet(tap);
}

/** The spans below the one of that name, in the order in which they ended, as a name and what the tags say. */
export function spansUnder(run: TracedRun, scenario: string, tags: readonly string[]): readonly (readonly unknown[])[] {
  const parent = run.spans.find(({ name }) => name === scenario);
  return run.spans
    .filter(({ parentSpanId }) => parent !== undefined && parentSpanId === parent.spanId)
    .map((span) => [span.name, ...tags.map((tag) => span.tags[tag])]);
}
