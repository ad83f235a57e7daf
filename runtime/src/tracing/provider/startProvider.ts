import { INSTRUMENTATION_SCOPE } from '../../core/instrumentationScope.ts';
import { logs, type Span, type TracerProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { NoopSpanProcessor, SamplingDecision, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { ConfigurationError, type ConfigurationProblem } from '../../core/configurationError.ts';
import type { Dispose } from '../../core/hostProcess.ts';
import type { TextRedactor } from '../../core/textRedactor.ts';
import { toError } from '../../core/toError.ts';
import type { SpanLedger } from '../accounting/spanLedger.ts';
import type { TracingConfig } from '../configuration/tracingConfig.ts';
import type { HookedLibraries } from '../hookedLibraries.ts';
import { createSpanRedactor } from '../instrumentation/redaction/createSpanRedactor.ts';
import { RedactingSpanProcessor } from '../instrumentation/redaction/redactingSpanProcessor.ts';
import type { SamplerHandle } from '../sampling/createSampler.ts';
import { random } from '../../core/adapters/random.ts';
import { learnSpanKey } from './contextWithSpan.ts';
import { DecisionHandOver } from './decisionHandOver.ts';
import { guardSpanMethods } from './guardSpanMethods.ts';
import { HeadTracerProvider } from './headTracerProvider.ts';
import { RandomIdGenerator } from './randomIdGenerator.ts';
import { type ThrownListener, hookThrown } from '../spans/thrownHook.ts';
import { UnsampledSpan } from './unsampledSpan.ts';
import { hasTracerProvider, registeredProvider } from './registeredProvider.ts';

/** The SDK reads the variable by itself, and then starts nothing and says nothing. */
const SDK_IS_DISABLED: ConfigurationProblem = {
  option: 'disabled',
  value: 'false',
  source: 'options',
  allowed:
    "true or nothing where OTEL_SDK_DISABLED is true: OpenTelemetry's SDK obeys the variable whatever the option says",
};

/** What `startProvider` needs. */
export interface StartProviderOptions {
  readonly config: Pick<TracingConfig, 'spanLimits'>;
  /** What the process is. */
  readonly resource: Resource;
  readonly sampler: SamplerHandle;
  /** Gets every recorded span, redacted; `undefined` where spans go nowhere. */
  readonly processor: SpanProcessor | undefined;
  /** Stands in front of all processors. */
  readonly watchFrom: (next: SpanProcessor) => SpanProcessor;
  readonly ledger: SpanLedger;
  readonly libraries: Pick<HookedLibraries, 'instrumentations'>;
  /** What takes out of spans what must not leave the process; asked at the end of each. */
  readonly textRedactor: () => TextRedactor;
  /** Told of what was thrown and recorded on a span. */
  readonly onThrown: ThrownListener;
  readonly onError: (error: Error) => void;
}

/**
 * Starts OpenTelemetry's SDK as the process' tracer provider, with the decision whether a span is recorded in front of it.
 *
 * @returns takes off what was put on the classes of spans
 * @throws ConfigurationError when the environment disables the SDK and an option says otherwise.
 */
export function startProvider(options: StartProviderOptions): Dispose {
  const { sampler, ledger } = options;
  const ids = new RandomIdGenerator(random);
  const handOver = new DecisionHandOver(ids);
  const onError = (error: unknown): void => options.onError(toError(error));
  startSdk(options, handOver, onError);
  if (!hasTracerProvider()) throw new ConfigurationError([SDK_IS_DISABLED]);
  const registered = registeredProvider();
  const recording = registered.getDelegate();
  const parts = {
    // Where the parent decides, what is left to decide is about roots.
    sampler: sampler.parentBased ? sampler.root : sampler.sampler,
    parentBased: sampler.parentBased,
    ids,
    handOver,
    countUnsampled: () => ledger.countUnsampled(),
    onError,
    spanKey: learnSpanKey(),
  };
  registered.setDelegate(new HeadTracerProvider(recording, parts));
  const recordedSpan = anyRecordedSpan(recording, handOver);
  const unguard = guardSpanMethods(recordedSpan, onError);
  const spanClasses = [Object.getPrototypeOf(recordedSpan) as object, UnsampledSpan.prototype];
  const unhook = spanClasses.map((prototype) => hookThrown(prototype, options.onThrown));
  return () => {
    for (const undo of unhook) undo();
    unguard();
  };
}

/** One that never ends, and so is never sent or counted. */
function anyRecordedSpan(recording: TracerProvider, handOver: DecisionHandOver): Span {
  const before = handOver.exchange({ result: { decision: SamplingDecision.RECORD_AND_SAMPLED } });
  const span = recording.getTracer(INSTRUMENTATION_SCOPE).startSpan('never ended');
  handOver.exchange(before);
  return span;
}

function startSdk(
  { config, resource, processor, watchFrom, libraries, textRedactor }: StartProviderOptions,
  handOver: DecisionHandOver,
  onError: (error: unknown) => void,
): void {
  const { instrumentations } = libraries;
  const names = instrumentations.map(({ instrumentationName }) => instrumentationName);
  const redact = createSpanRedactor({ instrumentationNames: names, textRedactor });
  const loggerProvider = logs.getLoggerProvider();
  new NodeSDK({
    resource,
    autoDetectResources: false,
    sampler: handOver.sampler,
    idGenerator: handOver.idGenerator,
    spanLimits: config.spanLimits,
    spanProcessors: [
      watchFrom(
        processor === undefined ? new NoopSpanProcessor() : new RedactingSpanProcessor({ processor, redact, onError }),
      ),
    ],
    // Set before, where it tells whether the process is traced already; the SDK would not say.
    textMapPropagator: null,
    instrumentations: [...instrumentations],
    // Left out, the SDK would send metrics and logs over OTLP to localhost.
    metricReaders: [],
    logRecordProcessors: [],
  }).start();
  // Without processors the SDK registers a logger provider all the same, in the place of one that the application sets later.
  if (logs.getLoggerProvider() !== loggerProvider) logs.disable();
}
