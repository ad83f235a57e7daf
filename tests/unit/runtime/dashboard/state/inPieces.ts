import { Readable } from 'node:stream';

/** A text as it is read, in pieces of so many characters. */
export function inPieces(text: string, length = 1000): AsyncIterable<string> {
  const count = Math.ceil(text.length / length);
  return Readable.from(Array.from({ length: count }, (_, index) => text.slice(index * length, (index + 1) * length)));
}
