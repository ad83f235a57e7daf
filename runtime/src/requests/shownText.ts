import { redactedText } from '../core/redaction.ts';
import { MOST_NAME_LENGTH } from './requestName.ts';

/**
 * What somebody has given, to be shown in the message of an error: cut as IDs are, in quotes, on one line. Never throws,
 * whatever it is, and runs no code of it.
 */
export function shownText(given: unknown): string {
  return JSON.stringify(redactedText(given, { maxLength: MOST_NAME_LENGTH }));
}
