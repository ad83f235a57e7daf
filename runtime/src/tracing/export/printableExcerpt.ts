const EXCERPT_CHARACTERS = 200;
// More than the excerpt can need of the bytes: a character takes four at most.
const EXCERPT_BYTES = 4 * EXCERPT_CHARACTERS;

/**
 * The first 200 characters of what a stranger answered, on one line: control and invisible characters, which could forge
 * lines of a log or move a terminal's cursor, become spaces.
 */
export function printableExcerpt(answer: Uint8Array | string): string {
  const text = typeof answer === 'string' ? answer : Buffer.from(answer.subarray(0, EXCERPT_BYTES)).toString('utf8');
  const printable = text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return Array.from(printable).slice(0, EXCERPT_CHARACTERS).join('');
}
