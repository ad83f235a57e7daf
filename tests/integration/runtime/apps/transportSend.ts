// Sends 600 spans through the transport of CONFIG and comes to its end; says how that went, and how long the end took.
import { createRequire } from 'node:module';
import { createTransport } from '../../../../runtime/src/tracing/export/createTransport.ts';
import type { ExporterConfig } from '../../../../runtime/src/tracing/export/exporterConfig.ts';
import { finishedSpans } from '../../../support/finishedSpans.ts';

const transport = createTransport(JSON.parse(process.env['CONFIG'] ?? '') as ExporterConfig);
// Those that only some destinations need.
const libraries = ['@grpc/grpc-js', '@opentelemetry/otlp-transformer', '@opentelemetry/exporter-jaeger'].filter(
  (name) => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes(`/${name}/`)),
);
const spans = finishedSpans({ count: 600 });
const time = new AbortController();
let outcome: unknown = 'unsettled';

async function send(): Promise<void> {
  outcome = await transport.send(spans, time.signal);
}

/** A transport does not keep the process alive; who waits for it does. */
async function waitForSend(): Promise<void> {
  const alive = setInterval(() => undefined, 1000);
  await send();
  clearInterval(alive);
}

const end: string = process.env['END'] ?? '';
switch (end) {
  case 'settle':
    await waitForSend();
    break;
  // What is under way is left alone.
  case 'abandon':
    void send();
    await new Promise((resolve) => setTimeout(resolve, 300));
    break;
  case 'abort':
    setTimeout(() => time.abort(), 300);
    await waitForSend();
    break;
  case 'close':
    setTimeout(() => void transport.close(), 300);
    await waitForSend();
    break;
  // Nothing was sent yet when the process ends.
  case 'exit':
    void transport.warmUp?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.on('exit', () => (outcome = transport.sendNow?.(spans)));
    break;
  default:
    throw new Error('END is not given');
}
const ended = performance.now();
process.on('exit', () => {
  process.stdout.write(JSON.stringify({ outcome, libraries, endMillis: Math.round(performance.now() - ended) }));
});
if (end === 'exit') process.exit();
