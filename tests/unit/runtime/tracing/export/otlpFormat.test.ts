import type { TraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { otlpFormat, type OtlpSerializer } from '../../../../../runtime/src/tracing/export/otlpFormat.ts';
import { finishedSpans, hostileAttributes, linkedSpan } from '../../../../support/finishedSpans.ts';

interface WrittenSpan {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Asks a span for what OTLP has a field for, and throws for values that it cannot write, as the real one does. */
const serializer: OtlpSerializer = {
  serializeRequest: (spans) => Buffer.from(JSON.stringify(spans.map(fieldsOf))),
  deserializeResponse: () => ({}),
};

function fieldsOf(span: ReadableSpan): unknown {
  const { traceState, ...context } = span.spanContext();
  return {
    ...context,
    traceState: traceState?.serialize(),
    parentSpanId: span.parentSpanContext?.spanId,
    isParentRemote: span.parentSpanContext?.isRemote,
    name: span.name,
    kind: span.kind,
    startTime: span.startTime,
    endTime: span.endTime,
    attributes: span.attributes,
    events: span.events,
    links: span.links.map(({ context: linked, attributes }) => ({
      ...linked,
      traceState: linked.traceState?.serialize(),
      attributes,
    })),
    status: span.status,
  };
}

function written(spans: readonly ReadableSpan[]): readonly WrittenSpan[] {
  const { bytes } = otlpFormat(serializer).take(spans, 0);
  return JSON.parse(bytes.toString()) as readonly WrittenSpan[];
}

function traceStateOf(text: string): TraceState {
  const traceState: TraceState = {
    serialize: () => text,
    get: () => undefined,
    set: () => traceState,
    unset: () => traceState,
  };
  return traceState;
}

function spanWith(attributes: Readonly<Record<string, unknown>>): ReadableSpan {
  const [, span] = finishedSpans({ count: 2 });
  if (span === undefined) throw new Error('there is no span');
  const context = { ...span.spanContext(), traceId: linkedSpan.traceId, spanId: '00f067aa0ba902b7' };
  const link = { context: { ...linkedSpan, isRemote: true, traceState: traceStateOf('shop=2') }, attributes: {} };
  return {
    ...span,
    resource: span.resource,
    attributes,
    links: [link],
    parentSpanContext: { ...context, spanId: '5fb397be34d26b51', isRemote: true },
    spanContext: () => ({ ...context, traceState: traceStateOf('shop=1,till=2') }),
  };
}

it('a span with a value that cannot be written keeps its times, its trace state and where it belongs', () => {
  const [plain] = written([spanWith({ kept: 'text' })]);
  const [copy] = written([spanWith({ kept: 'text', ...hostileAttributes() })]);
  expect(plain).toMatchObject({
    startTime: [1_700_000_000, 123_456_000],
    endTime: [1_700_000_001, 123_456_000],
    traceState: 'shop=1,till=2',
    parentSpanId: '5fb397be34d26b51',
    isParentRemote: true,
    links: [{ isRemote: true, traceState: 'shop=2' }],
  });
  expect({ ...copy, attributes: {} }).toEqual({ ...plain, attributes: {} });
  expect(Object.keys(copy?.attributes ?? {})).toEqual(['kept', ...Object.keys(hostileAttributes())]);
});

it('a batch with such a span has the others as they are', () => {
  const plain = finishedSpans({ count: 1 });
  const hostile = finishedSpans({ count: 1, attributes: hostileAttributes() });
  expect(written([...plain, ...hostile])[0]).toEqual(written(plain)[0]);
});
