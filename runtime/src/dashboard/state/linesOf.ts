/** How long a line may be; what is longer is cut somewhere beyond. */
export const MOST_LINE_LENGTH = 16 * 1024 * 1024;

/** The lines of a text that comes in pieces. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let line = '';
  for await (const piece of pieces) {
    for (const [index, part] of piece.split('\n').entries()) {
      if (index > 0) {
        yield line;
        line = '';
      }
      if (line.length <= MOST_LINE_LENGTH) line += part;
    }
  }
  if (line !== '') yield line;
  return undefined;
}
