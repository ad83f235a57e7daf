// Runs in a pod: see support/application.ts. An application that works steadily, traced by the runtime, and numbers its spans.
import { type Span, trace } from '@opentelemetry/api';
import { createTracing } from '@tracewright/runtime';
import { createServer } from 'node:http';

const TICK_MILLIS = 20;
const { SERVICE = '', AGENT_HOST = '', AGENT_PORT = '', SPANS_PER_SECOND = '', SPANS_PER_PACKET = '' } = process.env;

/** What was made: the span's ID and when, by number. */
const made: { readonly spanId: string; readonly at: number }[] = [];
const errors: Record<string, number> = {};
const told: Record<string, number> = {};
let begun = false;
/** Pieces of work that are to be done by now, and when that was reckoned. */
let due = 0;
let reckonedAt = 0;
let longestWorkMillis = 0;

const startedAt = Date.now();
process.on('uncaughtException', (error) => count(errors, `uncaught ${String(error)}`));
process.on('unhandledRejection', (reason) => count(errors, `unhandled ${String(reason)}`));

const tracing = createTracing({
  serviceName: SERVICE,
  exporter: 'jaeger-agent',
  agent: { host: AGENT_HOST, port: Number(AGENT_PORT) },
  batch: { scheduledDelayMillis: 1000, maxExportBatchSize: Number(SPANS_PER_PACKET) },
  instrumentations: [],
  crashRecordFile: false,
  onError: (error) => count(told, error.name),
});
const tracer = trace.getTracer('faults');

setInterval(tick, TICK_MILLIS);

function tick(): void {
  if (!begun) return;
  // What a tick that is late has missed is made up for: the load is steady, or the longest piece says why not.
  const now = performance.now();
  due += (Number(SPANS_PER_SECOND) * (now - reckonedAt)) / 1000;
  reckonedAt = now;
  for (; due >= 1; due -= 1) {
    const began = performance.now();
    work();
    longestWorkMillis = Math.max(longestWorkMillis, performance.now() - began);
  }
}

/** One piece of work, which must come out as it would without tracing. */
function work(): void {
  const number = made.length;
  try {
    const result = tracer.startActiveSpan('work', { root: true, attributes: { number } }, (span) =>
      finish(span, number),
    );
    if (result !== number * 2) count(errors, 'another result');
  } catch (error) {
    count(errors, `thrown ${String(error)}`);
  }
}

function finish(span: Span, number: number): number {
  made.push({ spanId: span.spanContext().spanId, at: Date.now() });
  span.end();
  return number * 2;
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

function report() {
  return { startedAt, made: made.length, errors, told, longestWorkMillis, spans: tracing.stats() };
}

const answers: Readonly<Record<string, () => unknown>> = {
  '/start': () => {
    begun = true;
    reckonedAt = performance.now();
    return report();
  },
  '/stop': async () => {
    begun = false;
    await tracing.flush();
    return report();
  },
  '/report': report,
  '/made': () => made,
};

createServer((asked, given) => {
  const answer = answers[asked.url ?? ''];
  if (answer === undefined) return void given.writeHead(404).end();
  void Promise.resolve(answer()).then((value) =>
    given.setHeader('content-type', 'application/json').end(JSON.stringify(value)),
  );
}).listen(8080);
