import { describe, expect, it } from 'vitest';
import { sharedBody } from '../../../../../runtime/src/dashboard/server/sharedBody.ts';

const PIECE = 64 * 1024;

/** The pieces of a body that is handed over in pieces. */
async function piecesOf(bytes: Buffer): Promise<Uint8Array[]> {
  const body = sharedBody(bytes);
  if (body instanceof Uint8Array) throw new Error('it is whole');
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return pieces;
}

describe('a body of bytes that many are sent', () => {
  it.each([0, 1, PIECE])('is whole where it is short: %d bytes', (length) => {
    const body = sharedBody(Buffer.alloc(length, 'x'));
    expect(body).toEqual(new Uint8Array(length).fill('x'.charCodeAt(0)));
  });

  it.each([
    [PIECE + 1, [PIECE, 1]],
    [2 * PIECE, [PIECE, PIECE]],
    [3 * PIECE - 1, [PIECE, PIECE, PIECE - 1]],
  ])('comes in pieces of the same memory where it is long: %d bytes', async (length, lengths) => {
    const bytes = Buffer.from(Array.from({ length }, (_, index) => index % 251));
    const pieces = await piecesOf(bytes);
    expect(pieces.map((piece) => piece.length)).toEqual(lengths);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect(pieces.every(({ buffer }) => buffer === bytes.buffer)).toBe(true);
  });

  it('is there for the next one, whoever has taken it or gone away', async () => {
    const bytes = Buffer.alloc(3 * PIECE, 'y');
    await new Response(sharedBody(bytes)).body?.cancel();
    expect(await new Response(sharedBody(bytes)).text()).toBe('y'.repeat(3 * PIECE));
    expect(await new Response(sharedBody(bytes)).text()).toBe('y'.repeat(3 * PIECE));
  });
});
