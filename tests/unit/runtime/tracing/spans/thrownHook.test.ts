import { diag, DiagLogLevel, type Span, trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { hookThrown, tellThrown } from '../../../../../runtime/src/tracing/spans/thrownHook.ts';

/** A class of spans of somebody's, and what was recorded on them. */
function spanClass() {
  const recorded: unknown[][] = [];
  class SomeSpan {
    recordException(...given: readonly unknown[]): string {
      recorded.push([this, ...given]);
      return 'recorded';
    }
  }
  return { SomeSpan, recorded };
}

type SomeSpan = InstanceType<ReturnType<typeof spanClass>['SomeSpan']>;

/** A span of another class than OpenTelemetry's. */
const asSpan = (span: unknown): Span => span as Span;

afterEach(() => diag.disable());

it('tells what is recorded, and records it with its time as ever', () => {
  const { SomeSpan, recorded } = spanClass();
  const told: unknown[] = [];
  hookThrown(SomeSpan.prototype, (thrown, span) => told.push([thrown, span]));
  const span = new SomeSpan();
  const error = new Error('sold out');
  expect(span.recordException(error, 17)).toBe('recorded');
  tellThrown(asSpan(span), 'another');
  tellThrown(asSpan(new SomeSpan()), 'a text alone');
  expect(recorded).toEqual([[span, error, 17]]);
  expect(told).toEqual([
    [error, span],
    ['another', span],
    ['a text alone', expect.any(SomeSpan)],
  ]);
});

it('puts the class back as it was, and can be put on it again', () => {
  const { SomeSpan } = spanClass();
  const before = Object.getOwnPropertyDescriptors(SomeSpan.prototype);
  const told: unknown[] = [];
  for (const name of ['first', 'second']) {
    const unhook = hookThrown(SomeSpan.prototype, (thrown) => told.push([name, thrown]));
    new SomeSpan().recordException(name);
    unhook();
    expect(Object.getOwnPropertyDescriptors(SomeSpan.prototype)).toEqual(before);
    expect(Object.getOwnPropertySymbols(SomeSpan.prototype)).toEqual([]);
  }
  tellThrown(asSpan(new SomeSpan()), 'unheard');
  expect(told).toEqual([
    ['first', 'first'],
    ['second', 'second'],
  ]);
});

it('does not tell the text of an instrumentation that is about what was told on the span', () => {
  const { SomeSpan, recorded } = spanClass();
  const told: unknown[] = [];
  hookThrown(SomeSpan.prototype, (thrown) => told.push(thrown));
  const [span, other] = [new SomeSpan(), new SomeSpan()];
  const error = new RangeError('no tea');
  tellThrown(asSpan(span), error, (text) => text === 'a RangeError');
  span.recordException('a RangeError');
  span.recordException('another text');
  other.recordException('a RangeError');
  expect(told).toEqual([error, 'another text', 'a RangeError']);
  expect(recorded).toHaveLength(3);
});

it('leaves a method alone that somebody else has wrapped meanwhile, and is not told by it after the end', () => {
  const { SomeSpan, recorded } = spanClass();
  const told: unknown[] = [];
  const unhook = hookThrown(SomeSpan.prototype, (thrown) => told.push(thrown));
  const ours = Object.getOwnPropertyDescriptor(SomeSpan.prototype, 'recordException')
    ?.value as SomeSpan['recordException'];
  const theirs = function (this: SomeSpan, thrown: unknown): string {
    return ours.call(this, thrown);
  };
  SomeSpan.prototype.recordException = theirs;
  unhook();
  expect(Reflect.get(SomeSpan.prototype, 'recordException')).toBe(theirs);
  const again = hookThrown(SomeSpan.prototype, (thrown) => told.push(thrown));
  expect(new SomeSpan().recordException('told once')).toBe('recorded');
  expect(told).toEqual(['told once']);
  again();
  new SomeSpan().recordException('unheard');
  expect(told).toEqual(['told once']);
  expect(recorded).toHaveLength(2);
});

it('leaves the listener alone that somebody else has put there meanwhile', () => {
  const { SomeSpan } = spanClass();
  const told: unknown[] = [];
  const unhook = hookThrown(SomeSpan.prototype, (thrown) => told.push(['first', thrown]));
  hookThrown(SomeSpan.prototype, (thrown) => told.push(['second', thrown]));
  unhook();
  tellThrown(asSpan(new SomeSpan()), 'sold out');
  expect(told).toEqual([['second', 'sold out']]);
});

it('keeps name and length of the method', () => {
  const { SomeSpan } = spanClass();
  const shown = (): unknown => {
    const { name, length } = Object.getOwnPropertyDescriptor(SomeSpan.prototype, 'recordException')
      ?.value as () => void;
    return { name, length };
  };
  const before = shown();
  hookThrown(SomeSpan.prototype, () => undefined);
  expect(shown()).toEqual(before);
});

it.each<[string, object]>([
  ['no recordException', {}],
  ['a recordException that is none', { recordException: 7 }],
  [
    'an accessor in its place',
    {
      get recordException() {
        return (): undefined => undefined;
      },
    },
  ],
])('leaves a class with %s alone', (_, prototype) => {
  const before = Object.getOwnPropertyDescriptors(prototype);
  hookThrown(prototype, () => undefined)();
  expect(Object.getOwnPropertyDescriptors(prototype)).toEqual(before);
  hookThrown(prototype, () => undefined);
  expect(Object.getOwnPropertyDescriptors(prototype)).toEqual(before);
});

it('keeps what a listener throws from whoever records, and says it', () => {
  const { SomeSpan, recorded } = spanClass();
  const warnings: unknown[][] = [];
  const quiet = (): void => undefined;
  const warn = (...given: unknown[]): void => void warnings.push(given);
  diag.setLogger({ error: quiet, warn, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  const broken = new Error('a broken listener');
  hookThrown(SomeSpan.prototype, () => {
    throw broken;
  });
  const span: SomeSpan = new SomeSpan();
  expect(span.recordException('sold out')).toBe('recorded');
  expect(recorded).toHaveLength(1);
  expect(warnings).toEqual([['@tracewright/runtime: what was thrown could not be told', broken]]);
});

it.each([
  ['no span', undefined],
  ['null', null],
  ['a text', 'a span'],
  ['a span that nobody listens to', trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 })],
])('tells nobody of what was thrown in %s', (_, span) => {
  const warnings: unknown[] = [];
  const note = (...given: unknown[]): void => void warnings.push(given);
  diag.setLogger({ error: note, warn: note, info: note, debug: note, verbose: note }, DiagLogLevel.WARN);
  expect(() => tellThrown(asSpan(span), new Error('sold out'))).not.toThrow();
  expect(warnings).toEqual([]);
});
