import { createRequire } from 'node:module';
import type * as Jaeger from '@opentelemetry/exporter-jaeger';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { ExporterJaegerHttpConfig, ExporterJaegerUdpConfig } from '../exporterConfig.ts';

// exporter-jaeger leaves a timer of this length behind when it is shut down, which keeps the process alive. Its batch has
// been answered by then, so the timer guards nothing.
const FLUSH_TIMEOUT_MILLIS = 1;
// It splits a batch into requests of this many spans, and tells of the first one that fails only: one request tells all.
const MAX_SPANS_PER_REQUEST = 1_000_000;

/** Makes the commissioned exporter for a destination. It opens no socket before the first export. */
export type CreateJaegerExporter = (config: ExporterJaegerUdpConfig | ExporterJaegerHttpConfig) => SpanExporter;

/** The commissioned exporter, loaded now: 150 ms that nobody pays who does not use it. */
export function loadJaegerExporter(): CreateJaegerExporter {
  const require = createRequire(import.meta.url);
  // What `require` gives has no type; this is the module's own declaration.
  const { JaegerExporter } = require('@opentelemetry/exporter-jaeger') as typeof Jaeger;
  return (config) => new JaegerExporter({ ...optionsOf(config), flushTimeout: FLUSH_TIMEOUT_MILLIS });
}

function optionsOf(config: ExporterJaegerUdpConfig | ExporterJaegerHttpConfig): Jaeger.ExporterConfig {
  if (config.transport === 'udp') {
    return { host: config.host, port: config.port, maxPacketSize: config.maxPacketBytes };
  }
  const { url, credentials } = config;
  const login = credentials && { username: credentials.username, password: credentials.password.reveal() };
  // The sender reads an option more than the exporter declares.
  const sender = { maxSpanBatchSize: MAX_SPANS_PER_REQUEST };
  return { endpoint: url, ...login, ...sender };
}
