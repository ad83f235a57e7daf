import { ProblemError } from './problem.ts';

/** A note of a thousand characters and some fields are far below. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * The body of a request as text, of which no more is read than it may have. Hono's own limit makes a new Request of what has no
 * length, which @hono/node-server's cannot be made into.
 *
 * @throws ProblemError where it is too large, or ends early
 */
export async function readBody({ body, headers }: Request): Promise<string> {
  if (Number(headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(endedEarly);
    if (done) return Buffer.concat(chunks).toString('utf8');
    bytes += value.byteLength;
    // Not cancelled: that would cut the connection before the answer is sent.
    if (bytes > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(value);
  }
}

/** Who sent it has gone: that is no error of the application's. */
function endedEarly(): never {
  throw new ProblemError(400, 'Broken request', 'The body ended early.');
}

function tooLarge(): ProblemError {
  return new ProblemError(413, 'Too large', `A body has at most ${MAX_BODY_BYTES / 1024} KiB.`);
}
