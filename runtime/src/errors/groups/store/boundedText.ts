import { ownText } from '../../../core/ownText.ts';

/** How many characters are kept of the name of a class, a code, a user, a release, or of who resolves. */
export const MOST_NAME_LENGTH = 200;
/** How many characters are kept of a message. */
export const MOST_MESSAGE_LENGTH = 4096;
/** How many characters are kept of a note and of a place in the code. */
export const MOST_NOTE_LENGTH = 1000;

const TEXT_BYTES = 24;

/** The text, cut where it is too long: capture hands over bounded ones, of which no copy is taken. */
export function boundedText(text: string, maxLength: number): string {
  return text.length > maxLength ? ownText(text, maxLength) : text;
}

/** What a text takes in memory at most: two bytes for each character where one is beyond Latin-1. */
export function textBytes(text: string | undefined): number {
  return text === undefined ? 0 : TEXT_BYTES + text.length * 2;
}

/** What a text takes in memory at most, once it is cut. */
export function boundedTextBytes(text: string | undefined, maxLength: number): number {
  return text === undefined ? 0 : TEXT_BYTES + Math.min(text.length, maxLength) * 2;
}
