// node --expose-gc sustainedSpans.ts AGENT_PORT SPANS_PER_SECOND SECONDS: makes spans at that pace through the whole tracer
// and prints what became of them, and the heap after a collection as it went.
import { setTimeout as delay } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { createTracing } from '@tracewright/runtime';
import { setTenAttributes } from './tenAttributes.ts';

const TICK_MILLIS = 10;
const [port, rate, seconds] = process.argv.slice(2).map(Number);
if (port === undefined || rate === undefined || seconds === undefined)
  throw new TypeError('three arguments are needed');
const tracing = createTracing({
  serviceName: 'sustained',
  agent: { host: '127.0.0.1', port },
  shutdownTimeoutMillis: 30_000,
});
const tracer = trace.getTracer('bench');
const heapMebibytes: number[] = [];
const started = performance.now();
let made = 0;
for (let nextHeap = 0; made < rate * seconds; await delay(TICK_MILLIS)) {
  const elapsed = performance.now() - started;
  makeSpans(Math.min(rate * seconds, Math.floor((elapsed * rate) / 1000)));
  if (elapsed < nextHeap) continue;
  nextHeap += 5000;
  heapMebibytes.push(heapAfterCollection());
}
const tookSeconds = (performance.now() - started) / 1000;
await tracing.stop();
process.stdout.write(JSON.stringify({ made, tookSeconds, counts: tracing.stats(), heapMebibytes }));

function makeSpans(until: number): void {
  for (; made < until; made += 1) {
    const span = tracer.startSpan('operation');
    setTenAttributes(span);
    span.end();
  }
}

function heapAfterCollection(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
