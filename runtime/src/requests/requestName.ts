import { ownText } from '../core/ownText.ts';

/** How many characters are kept of an ID, an operation, a user or an agent. */
export const MOST_NAME_LENGTH = 200;

/** A name as it is kept: it keeps nothing else alive. `undefined` for what is no text, or an empty one. */
export function requestName(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? ownText(given, MOST_NAME_LENGTH) : undefined;
}

/** The name under which something was kept, to look for it: what was cut then is cut now. */
export function soughtName(name: string): string {
  return requestName(name) ?? name;
}
