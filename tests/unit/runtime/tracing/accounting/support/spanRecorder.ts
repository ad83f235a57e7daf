import { ROOT_CONTEXT, type Span } from '@opentelemetry/api';
import { AlwaysOnSampler, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';

/** Makes an ended span of what `record` does to it. */
export type SpanRecorder = (record: (span: Span) => void, name?: string) => ReadableSpan;

/** The SDK, cutting values at 16,384 characters. */
export function spanRecorder(): SpanRecorder {
  const ended: ReadableSpan[] = [];
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    spanLimits: { attributeValueLengthLimit: 16_384 },
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => void ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  });
  return (record, name = 'name') => {
    const span = provider.getTracer('test').startSpan(name, {}, ROOT_CONTEXT);
    record(span);
    span.end();
    const last = ended.pop();
    if (last === undefined) throw new Error('no span ended');
    return last;
  };
}
