// node sendSpans.ts SIDE AGENT_PORT SPANS: hands spans of ten attributes to the agent, batch by batch, and prints spans per
// second of processor time.
import { ExportResultCode } from '@opentelemetry/core';
// npm puts it beside the runtime: other packages take an older one.
import {
  defaultResource,
  resourceFromAttributes,
} from '../../../../runtime/node_modules/@opentelemetry/resources/dist/index.mjs';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { parseSide, type Side } from '../../side.ts';
import { exporterJaeger } from './bareSdk.ts';
import { createTransport } from '../../../../runtime/src/tracing/export/createTransport.ts';
import { setTenAttributes } from './tenAttributes.ts';

const BATCH = 512;
const [sideName, port, count] = process.argv.slice(2);
// The transport's own timers keep no process alive.
setInterval(() => undefined, 60_000);
const send = sender(parseSide(sideName), Number(port));
const batch = finishedSpans();
await sendAll(Number(count) / 4);
const before = process.cpuUsage();
await sendAll(Number(count));
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ spansPerCpuSecond: Number(count) / ((user + system) / 1e6) }));
process.exit(0);

async function sendAll(spans: number): Promise<void> {
  for (let sent = 0; sent < spans; sent += BATCH) await send(batch);
}

function sender(side: Side, agentPort: number): (spans: ReadableSpan[]) => Promise<void> {
  if (side === 'peer') {
    const exporter = exporterJaeger(agentPort);
    return (spans) =>
      new Promise((resolve, reject) => {
        exporter.export(spans, ({ code, error }) => {
          if (code === ExportResultCode.SUCCESS) resolve();
          else reject(error ?? new Error('exporter-jaeger gave no reason'));
        });
      });
  }
  const agent = { host: '127.0.0.1', port: agentPort, protocol: 'binary', maxPacketBytes: 65_000 } as const;
  const transport = createTransport({ kind: 'jaeger-agent', ...agent });
  const never = new AbortController().signal;
  return async (spans) => {
    const { sent, error } = await transport.send(spans, never);
    if (sent !== spans.length) throw error ?? new Error(`${sent} of ${spans.length} spans were sent`);
  };
}

function finishedSpans(): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': 'bench' }));
  const provider = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (let index = 0; index < BATCH; index += 1) {
    const span = provider.getTracer('bench').startSpan('operation');
    setTenAttributes(span);
    span.end();
  }
  return exporter.getFinishedSpans();
}
