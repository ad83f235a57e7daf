import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { BatchLimits } from '../configuration/tracingConfig.ts';
import type { ExporterConfig } from '../export/exporterConfig.ts';

// exporter-jaeger leaves a timer of this length behind when it is shut down, which keeps the process alive. The guard
// around it has flushed by then, so the timer guards nothing.
const FLUSH_TIMEOUT_MILLIS = 1;

/** The OpenTelemetry exporter for a destination. It opens no socket before the first export. */
export function createSpanExporter(config: ExporterConfig, { exportTimeoutMillis }: BatchLimits): SpanExporter {
  switch (config.kind) {
    case 'jaeger-agent':
      return new JaegerExporter({
        host: config.host,
        port: config.port,
        maxPacketSize: config.maxPacketBytes,
        flushTimeout: FLUSH_TIMEOUT_MILLIS,
      });
    case 'jaeger-http':
      return new JaegerExporter({ endpoint: config.url, flushTimeout: FLUSH_TIMEOUT_MILLIS });
    case 'exporter-jaeger':
      return config.transport === 'http'
        ? new JaegerExporter({ endpoint: config.url, flushTimeout: FLUSH_TIMEOUT_MILLIS })
        : new JaegerExporter({
            host: config.host,
            port: config.port,
            maxPacketSize: config.maxPacketBytes,
            flushTimeout: FLUSH_TIMEOUT_MILLIS,
          });
    case 'otlp-http':
    case 'otlp-grpc':
      return new OTLPTraceExporter({ url: config.url, timeoutMillis: exportTimeoutMillis });
  }
}
