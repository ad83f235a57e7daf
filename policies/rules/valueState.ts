import { isPresent, shown } from '../kubernetes/fields.ts';

/** The start of a problem: "is missing", or what the value is. */
export function valueState(value: unknown): string {
  return isPresent(value) ? `is ${shown(value)}` : 'is missing';
}
