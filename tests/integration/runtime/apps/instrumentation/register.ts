// Starts tracing as the runtime does, in front of an application: with the parts that make spans, and those that redact.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { installModuleHooks } from '../../../../../runtime/src/core/adapters/installModuleHooks.ts';
import { createInstrumentations } from '../../../../../runtime/src/tracing/instrumentation/createInstrumentations.ts';
import { findEarlyLoads } from '../../../../../runtime/src/tracing/instrumentation/findEarlyLoads.ts';
import { INSTRUMENTATION_NAMES } from '../../../../../runtime/src/tracing/instrumentation/instrumentationName.ts';
import { instrumentedModules } from '../../../../../runtime/src/tracing/instrumentation/moduleDefinitions.ts';
import { createSpanRedactor } from '../../../../../runtime/src/tracing/instrumentation/redaction/createSpanRedactor.ts';
import { RedactingSpanProcessor } from '../../../../../runtime/src/tracing/instrumentation/redaction/redactingSpanProcessor.ts';

const instrumentations = createInstrumentations({
  instrumentations: process.env['INSTRUMENTATIONS']?.split(',') ?? INSTRUMENTATION_NAMES,
  ignoreIncomingPaths: ['/healthz', '/tracewright/*'],
});
for (const warning of findEarlyLoads(instrumentations)) process.emitWarning(warning);
installModuleHooks(instrumentedModules(instrumentations));
const exporter = new JaegerExporter({ host: '127.0.0.1', port: Number(process.env['TAP_PORT']) });
const processor = new RedactingSpanProcessor({
  processor: new BatchSpanProcessor({ exporter }),
  redact: createSpanRedactor({ instrumentationNames: instrumentations.map((each) => each.instrumentationName) }),
  onError: (error) => process.emitWarning(String(error)),
});
const provider = new TracerProvider({ spanProcessors: [processor] });
trace.setGlobalTracerProvider(provider);
// An instrumentation that is CommonJS has an API of its own, whose tracers were made before there was a provider.
for (const instrumentation of instrumentations) instrumentation.setTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new CompositePropagator({ propagators: [new W3CTraceContextPropagator()] }));
process.once('beforeExit', () => void provider.forceFlush());
