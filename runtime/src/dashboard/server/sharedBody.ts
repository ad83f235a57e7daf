/** What is shorter is copied: that costs less than to hand it over in pieces. */
const PIECE_BYTES = 64 * 1024;

/**
 * A body of bytes that many are sent at once. A Response copies what it is made of: of an answer of some megabytes that is some
 * megabytes for each viewer, for as long as the slowest takes. Of a long one each viewer is handed pieces of the same bytes, and
 * no more than it takes.
 */
export function sharedBody(bytes: Buffer): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (bytes.length <= PIECE_BYTES) return new Uint8Array(bytes);
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
      at += PIECE_BYTES;
      if (at >= bytes.length) controller.close();
    },
  });
}
