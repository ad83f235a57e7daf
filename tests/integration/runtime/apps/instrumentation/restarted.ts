// Switches the instrumentation of HTTP on, off and on again, and says after each step whether a call makes a span.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInstrumentations } from '../../../../../runtime/src/tracing/instrumentation/createInstrumentations.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const server = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;

async function call(): Promise<void> {
  exporter.reset();
  await new Promise<void>((resolve) => {
    get({ port, agent: false }, (response) => response.resume().on('close', resolve));
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.stdout.write(`${exporter.getFinishedSpans().length} `);
}

function start(): () => void {
  const instrumentations = createInstrumentations({ instrumentations: ['http'], ignoreIncomingPaths: [] });
  for (const instrumentation of instrumentations) instrumentation.setTracerProvider(provider);
  return () => {
    for (const instrumentation of instrumentations) instrumentation.disable();
  };
}

await call();
const stop = start();
await call();
stop();
start();
await call();
server.close();
