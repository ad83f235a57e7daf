import type { Span } from '@opentelemetry/api';
import type { Dispose } from '../../core/hostProcess.ts';
import { isObject } from '../../core/isObject.ts';
import { reportProblem } from '../../core/reportProblem.ts';

/** Is told of what was thrown and recorded on a span. */
export type ThrownListener = (thrown: unknown, span: Span) => void;

type TextTest = (text: string) => boolean;

/** On the class of spans: whoever records an exception finds there whom to tell, whatever provider made the span. */
const HOOK = Symbol.for('@tracewright/runtime thrown');

/**
 * Tells a listener of every exception that is recorded on spans of a class, by whomever: by this package, or by
 * `span.recordException` of an instrumentation. A text is not told that an instrumentation is known to record of what was told.
 *
 * @param prototype - that all spans of the class inherit from
 * @returns puts the class back as it was. A method that somebody else has wrapped meanwhile stays in place and tells nothing more.
 */
export function hookThrown(prototype: object, listener: ThrownListener): Dispose {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'recordException');
  const record: unknown = descriptor?.value;
  if (descriptor === undefined || !isMethod(record)) return () => undefined;
  const textsOfTold = new WeakMap<Span, TextTest>();
  const tell = (thrown: unknown, span: Span, isTextOfIt?: TextTest): void => {
    if (isTextOfIt !== undefined) textsOfTold.set(span, isTextOfIt);
    else if (typeof thrown === 'string' && textsOfTold.get(span)?.(thrown)) return;
    listener(thrown, span);
  };
  let isActive = true;
  const watched = function (this: Span, thrown: unknown, time: unknown): unknown {
    if (isActive) tellThrown(this, thrown);
    return record.call(this, thrown, time);
  };
  Object.defineProperties(watched, {
    name: { value: record.name, configurable: true },
    length: { value: record.length, configurable: true },
  });
  Object.defineProperty(prototype, HOOK, { value: tell, configurable: true });
  Object.defineProperty(prototype, 'recordException', { ...descriptor, value: watched });
  return () => {
    isActive = false;
    if (ownValue(prototype, HOOK) === tell) Reflect.deleteProperty(prototype, HOOK);
    if (ownValue(prototype, 'recordException') === watched)
      Object.defineProperty(prototype, 'recordException', descriptor);
  };
}

function ownValue(owner: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(owner, key)?.value;
}

/**
 * Tells whoever listens that something was thrown and belongs to a span. Never throws.
 *
 * @param isTextOfIt - whether a text that is recorded on the span later is only about this, and not to be told
 */
export function tellThrown(span: Span, thrown: unknown, isTextOfIt?: TextTest): void {
  try {
    const listener: unknown = isObject(span) ? Reflect.get(span, HOOK) : undefined;
    if (typeof listener === 'function') Reflect.apply(listener, undefined, [thrown, span, isTextOfIt]);
  } catch (problem) {
    reportProblem('what was thrown could not be told', problem);
  }
}

function isMethod(value: unknown): value is (this: unknown, thrown: unknown, time: unknown) => unknown {
  return typeof value === 'function';
}
