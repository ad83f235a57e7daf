import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';

import { BatchSpanProcessor, type Sampler, type SpanExporter } from '@opentelemetry/sdk-trace';
// npm puts these beside the runtime, the only one that depends on them.
import { HttpInstrumentation } from '../../../../runtime/node_modules/@opentelemetry/instrumentation-http/dist/index.mjs';
import { NodeSDK } from '../../../../runtime/node_modules/@opentelemetry/sdk-node/dist/index.mjs';

/** How the bare SDK is set up. */
export interface BareSdkOptions {
  readonly exporter: SpanExporter;
  /** @defaultValue the SDK's: parent based, every root */
  readonly sampler?: Sampler;
  /** Whether HTTP, in and out, and fetch are instrumented. */
  readonly instrumented?: boolean;
}

/** OpenTelemetry's SDK as its documentation sets it up; resource detectors are off on both sides. */
export function startBareSdk({ exporter, sampler, instrumented = false }: BareSdkOptions): NodeSDK {
  const sdk = new NodeSDK({
    serviceName: 'bench',
    autoDetectResources: false,
    spanProcessors: [new BatchSpanProcessor({ exporter })],
    instrumentations: instrumented ? [new HttpInstrumentation(), new UndiciInstrumentation()] : [],
    metricReaders: [],
    logRecordProcessors: [],
    ...(sampler === undefined ? {} : { sampler }),
  });
  sdk.start();
  return sdk;
}

/** The commissioned exporter, over UDP to a port of this machine. */
export function exporterJaeger(port: number): SpanExporter {
  return new JaegerExporter({ host: '127.0.0.1', port, flushTimeout: 1 });
}
