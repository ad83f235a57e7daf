import { ROOT_CONTEXT, type Span, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, it, vi } from 'vitest';
import { TextRedactor } from '../../../../../../runtime/src/core/textRedactor.ts';
import { createSpanRedactor } from '../../../../../../runtime/src/tracing/instrumentation/redaction/createSpanRedactor.ts';
import { RedactingSpanProcessor } from '../../../../../../runtime/src/tracing/instrumentation/redaction/redactingSpanProcessor.ts';

const customers = { name: 'customer', pattern: /\bC-\d{4}\b/g };
const told: string[] = [];

/** A span of the application that says a customer everywhere, as it is sent. */
function sent(redactor: TextRedactor, record: (span: Span) => void = sayEverywhere): ReadableSpan {
  const spans: ReadableSpan[] = [];
  const processor = new RedactingSpanProcessor({
    processor: {
      onStart: () => undefined,
      onEnd: (span) => void spans.push(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
    redact: createSpanRedactor({ instrumentationNames: [], textRedactor: () => redactor }),
    onError: (error) => told.push(String(error)),
  });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('shop');
  const span = tracer.startSpan('bill C-1234', {}, ROOT_CONTEXT);
  record(span);
  span.end();
  const [ended] = spans;
  if (ended === undefined) throw new Error('the span did not come out');
  return ended;
}

function sayEverywhere(span: Span): void {
  span.setAttributes({
    customer: 'C-1234',
    customers: ['C-1234', 'none', 'C-5678'],
    amounts: [1, 2],
    order: { by: ['C-1234', null], key: new Uint8Array([67]) },
    mail: 'ada@shop.example',
  });
  span.addEvent('paid by C-1234', { who: 'C-1234', amount: 3 });
  span.addEvent('exception', { 'exception.type': '42P01', 'exception.message': 'relation "C-1234" does not exist' });
  span.addLink({
    context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED },
    attributes: { of: 'C-5678' },
  });
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'relation "C-1234" does not exist' });
}

it("takes what the application's own rules find out of all that a span says", () => {
  const span = sent(new TextRedactor({ rules: [customers] }));
  expect(JSON.stringify([span.name, span.attributes, span.events, span.links, span.status])).not.toMatch(/C-\d/);
  expect(span.name).toBe('bill [redacted]');
  expect(span.attributes).toEqual({
    customer: '[redacted]',
    customers: ['[redacted]', 'none', '[redacted]'],
    amounts: [1, 2],
    order: { by: ['[redacted]', null], key: new Uint8Array([67]) },
    mail: 'ada@shop.example',
  });
  expect(span.events[0]).toMatchObject({ name: 'paid by [redacted]', attributes: { who: '[redacted]', amount: 3 } });
  expect(span.links[0]?.attributes).toEqual({ of: '[redacted]' });
  expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'relation "[redacted]" does not exist' });
});

it('sets no attribute anew in which nothing is found, lists and maps as little as texts', () => {
  const set: string[] = [];
  const span = sent(new TextRedactor({ rules: [customers] }), (recorded) => {
    recorded.setAttributes({ customers: ['none', 'C-1234'], names: ['a', 'b'], order: { by: ['c'] }, size: 1 });
    recorded.addEvent('paid', { names: ['a', 'b'], customers: ['C-1234'] });
    const setAttribute = recorded.setAttribute.bind(recorded);
    vi.spyOn(recorded, 'setAttribute').mockImplementation((key, value) => {
      set.push(key);
      return setAttribute(key, value);
    });
  });
  expect(set).toEqual(['customers']);
  expect(span.attributes).toEqual({
    customers: ['none', '[redacted]'],
    names: ['a', 'b'],
    order: { by: ['c'] },
    size: 1,
  });
  expect(span.events[0]?.attributes).toEqual({ names: ['a', 'b'], customers: ['[redacted]'] });
});

it('lets keys stand, of attributes and in maps', () => {
  const span = sent(new TextRedactor({ rules: [customers] }), (recorded) =>
    recorded.setAttributes({ 'C-1234': 'C-1234', by: { 'C-1234': 'C-1234' } }),
  );
  expect(span.attributes).toEqual({ 'C-1234': '[redacted]', by: { 'C-1234': '[redacted]' } });
});

it('leaves spans without such rules as they are', () => {
  const span = sent(new TextRedactor());
  expect([span.name, span.attributes['customer']]).toEqual(['bill C-1234', 'C-1234']);
});

it('lets no text through where a rule throws, and sends the span', () => {
  const broken = {
    ...customers,
    replace: (): string => {
      throw new Error('broken');
    },
  };
  const problems: Error[] = [];
  const span = sent(
    new TextRedactor({ rules: [broken], onError: (error) => void problems.push(error) }),
    (recorded) => void recorded.setAttributes({ customer: 'of C-1234', kind: 'gold' }),
  );
  expect([span.name, span.attributes]).toEqual(['[redacted]', { customer: '[redacted]', kind: 'gold' }]);
  expect(problems.map(({ message }) => message)).toEqual([
    'the text rule customer failed',
    'the text rule customer failed',
  ]);
  expect(told).toEqual([]);
});
