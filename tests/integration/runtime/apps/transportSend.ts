// Sends 600 spans through the transport of CONFIG and comes to its end; says how that went, and how long the end took.
import { createTransport } from '../../../../runtime/src/tracing/export/createTransport.ts';
import type { ExporterConfig } from '../../../../runtime/src/tracing/export/exporterConfig.ts';
import { finishedSpans } from '../../../unit/runtime/tracing/export/finishedSpans.ts';

const transport = createTransport(JSON.parse(process.env['CONFIG'] ?? '') as ExporterConfig);
const time = new AbortController();
const sending = transport.send(finishedSpans({ count: 600 }), time.signal);
let outcome: unknown = 'unsettled';
void sending.then((settled) => (outcome = settled));
// What is under way is abandoned, or given up after a while.
if (process.env['END'] === 'abandon') await new Promise((resolve) => setTimeout(resolve, 300));
if (process.env['END'] === 'abort') {
  setTimeout(() => time.abort(), 300);
  await sending;
}
if (process.env['END'] === 'close') {
  setTimeout(() => void transport.close(), 300);
  await sending;
}
const ended = performance.now();
process.on('exit', () => {
  process.stdout.write(JSON.stringify({ outcome, endMillis: Math.round(performance.now() - ended) }));
});
