// Runs a BoundedSpanProcessor on the real event loop, in the way that its first argument says, and prints what it saw.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { ROOT_CONTEXT, type Tracer } from '@opentelemetry/api';
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { nodeHostProcess } from '../../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { nodeEventLoop } from '../../../../runtime/src/tracing/accounting/adapters/nodeEventLoop.ts';
import { BoundedSpanProcessor } from '../../../../runtime/src/tracing/accounting/boundedSpanProcessor.ts';
import { SpanLedger } from '../../../../runtime/src/tracing/accounting/spanLedger.ts';
import type { SpanTransport } from '../../../../runtime/src/tracing/export/spanTransport.ts';

const request = new AsyncLocalStorage<string>();
const ledger = new SpanLedger();

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints how long after the start of the process, and in whose context, a batch came; then sends it, or hangs. */
function printingTransport(ending: 'sends' | 'hangs'): SpanTransport {
  return {
    destination: 'standard output',
    send: (spans) => {
      print({ batch: spans.length, afterMillis: performance.now() - begun, request: request.getStore() ?? null });
      if (ending === 'hangs') return new Promise(() => undefined);
      return Promise.resolve({ sent: spans.length, dropped: {}, trimmed: 0 });
    },
    close: () => Promise.resolve(),
  };
}

function start(
  transport: SpanTransport,
  scheduledDelayMillis = 60_000,
): { processor: BoundedSpanProcessor; tracer: Tracer } {
  const processor = new BoundedSpanProcessor({
    transport,
    limits: { maxQueueSize: 2048, maxExportBatchSize: 512, scheduledDelayMillis, exportTimeoutMillis: 60_000 },
    ledger,
    host: nodeHostProcess(),
    eventLoop: nodeEventLoop(),
    onError: (error) => print({ error: error.name }),
  });
  const spanLimits = { attributeValueLengthLimit: 16_384 };
  const provider = new TracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [processor], spanLimits });
  return { processor, tracer: provider.getTracer('accounting') };
}

function endSpans(tracer: Tracer, count: number): void {
  for (let span = 0; span < count; span += 1) tracer.startSpan('span', {}, ROOT_CONTEXT).end();
}

const begun = performance.now();
const ways: Readonly<Record<string, () => void>> = {
  // Only a server keeps this process alive, and nobody calls it: nothing else wakes the event loop.
  'an idle server': () => {
    const { tracer } = start(printingTransport('sends'));
    createServer().listen(0, '127.0.0.1', () => setTimeout(() => endSpans(tracer, 512), 100));
  },
  'a request': () => {
    const { processor, tracer } = start(printingTransport('sends'), 50);
    request.run('the request', () => endSpans(tracer, 512));
    setTimeout(() => request.run('the request', () => endSpans(tracer, 1)), 50);
    setTimeout(() => {
      request.run('the request', () => {
        endSpans(tracer, 1);
        void processor.forceFlush();
      });
    }, 300);
  },
  'nothing left to do': () => {
    const { processor, tracer } = start(printingTransport('hangs'));
    endSpans(tracer, 600);
    setTimeout(() => {
      endSpans(tracer, 2000);
      void processor.forceFlush();
    }, 50);
    process.on('exit', () => print(ledger.snapshot()));
  },
  // More than the heap may grow to, many times over.
  'large attributes': () => {
    const { tracer } = start(printingTransport('hangs'));
    for (let span = 0; span < 100; span += 1) {
      const body = `${span} `.repeat(5_000_000).slice(0, 10_000_000);
      tracer
        .startSpan('span', {}, ROOT_CONTEXT)
        .setAttribute('body', body)
        .setAttribute('preview', body.slice(0, 100))
        .end();
    }
    print(ledger.snapshot());
  },
};

ways[process.argv[2] ?? '']?.();
