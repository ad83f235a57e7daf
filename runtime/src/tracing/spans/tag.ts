import { type Attributes, trace } from '@opentelemetry/api';
import { reportProblem } from '../../core/reportProblem.ts';
import { toAttributes } from './attributeValue.ts';

/**
 * Sets one attribute of the active span, which Jaeger calls a tag.
 *
 * Outside a recorded span it does nothing. Never throws. Strings, numbers, booleans and arrays of one of these are kept as
 * they are; `undefined` sets nothing; every other value becomes text: objects without what sensitive keys like `password`
 * keep, a `URL` without user name, password and the values of its query. Under a key that is sensitive itself, `[redacted]`
 * is set: `tag('password', …)`, and `tag('session.id', …)` too. The span's own `setAttribute` sets what it is given.
 */
export function tag(key: string, value: unknown): void;
/** Sets several attributes of the active span, likewise. */
export function tag(attributes: Readonly<Attributes>): void;
export function tag(keyOrAttributes: string | Readonly<Attributes>, value?: unknown): void {
  try {
    const span = trace.getActiveSpan();
    if (span?.isRecording() !== true) return;
    const given = typeof keyOrAttributes === 'object' ? keyOrAttributes : { [keyOrAttributes]: value };
    span.setAttributes(toAttributes(given));
  } catch (problem) {
    reportProblem('a span could not be tagged', problem);
  }
}
