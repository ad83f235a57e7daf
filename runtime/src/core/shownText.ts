import { redactedText } from './redaction.ts';

const MOST_SHOWN_LENGTH = 200;

/**
 * What somebody has given, to be shown in the message of an error: cut to 200 characters, in quotes, on one line. Never
 * throws, whatever it is, and runs no code of it.
 */
export function shownText(given: unknown): string {
  return JSON.stringify(redactedText(given, { maxLength: MOST_SHOWN_LENGTH }));
}
