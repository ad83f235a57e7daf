/** Texts are not cut below this before anything else is left out: a message of this length still tells something. */
export const TELLING_BYTES = 128;

/** Most bytes that a UTF-16 code unit takes in UTF-8. */
const BYTES_OF_UNIT = 3;

/** The longest start of a text that takes at most as many bytes in UTF-8, without a part of a character. */
export function cutToBytes(text: string, mostBytes: number): string {
  if (text.length * BYTES_OF_UNIT <= mostBytes) return text;
  // Never looks at more of a text than can be kept of it, so that ten megabytes cost no more than what fits.
  if (text.length <= mostBytes && Buffer.byteLength(text) <= mostBytes) return text;
  const bytes = Buffer.allocUnsafe(mostBytes);
  const written = bytes.write(text.slice(0, mostBytes));
  return bytes.toString('utf8', 0, written);
}
