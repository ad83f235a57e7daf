import { isObject } from '../../core/isObject.ts';
import type { Span } from '@opentelemetry/api';

/** Kept on the span itself: it lives as long as the span, and needs nothing beside it. */
const PASSED = Symbol.for('@tracewright/runtime errors that passed');

/** Whether `error` was recorded already on this span, or on one that was made inside it and let the error out. */
export function hasPassed(span: Span, error: unknown): boolean {
  if (!isObject(error)) return false;
  const passed: unknown = Reflect.get(span, PASSED);
  return passed instanceof WeakSet && passed.has(error);
}

/** Remembers that `error` is recorded and on its way through `span`. Of what is no object, nothing is remembered. */
export function notePassed(span: Span, error: unknown): void {
  if (!isObject(error)) return;
  const known: unknown = Reflect.get(span, PASSED);
  const passed = known instanceof WeakSet ? known : new WeakSet<object>();
  passed.add(error);
  // Does nothing to a span that is frozen: its errors are then recorded with a stack at every span that they pass.
  if (passed !== known) Reflect.defineProperty(span, PASSED, { value: passed });
}
