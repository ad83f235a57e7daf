// Makes SPANS spans inside one trace and comes to its end; says what onError was told.
import { trace } from '@opentelemetry/api';
import { createTracing } from '@tracewright/runtime';

const errors: string[] = [];
const tracing = createTracing({
  batch: { maxQueueSize: 5000, maxExportBatchSize: 512 },
  onError: (error) => errors.push(error.message),
});
const tracer = trace.getTracer('many');
const count = Number(process.env['SPANS'] ?? '1');
const padding = 'x'.repeat(Number(process.env['PADDING'] ?? '0'));
tracer.startActiveSpan('root', (root) => {
  for (let index = 1; index < count; index += 1) tracer.startSpan(`step ${index}`, { attributes: { padding } }).end();
  root.end();
});
const started = performance.now();
if (process.env['END'] === 'stop') await tracing.stop();
process.on('exit', () => {
  process.stdout.write(JSON.stringify({ errors, endMillis: Math.round(performance.now() - started) }));
});
