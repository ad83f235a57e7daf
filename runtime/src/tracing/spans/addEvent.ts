import { type Attributes, trace } from '@opentelemetry/api';
import { reportProblem } from '../../core/reportProblem.ts';
import { toAttributes, toAttributeValue } from './attributeValue.ts';

/**
 * Adds an event to the active span: something that happened at this moment. Outside a recorded span it does nothing. Never
 * throws; values that no attribute can have become text. What a sensitive key like `password` keeps, the attribute's own or
 * one in an object, is `[redacted]`.
 */
export function addEvent(name: string, attributes?: Readonly<Attributes>): void {
  try {
    const span = trace.getActiveSpan();
    if (span?.isRecording() !== true) return;
    span.addEvent(String(toAttributeValue(name)), attributes === undefined ? undefined : toAttributes(attributes));
  } catch (problem) {
    reportProblem('an event could not be added', problem);
  }
}
