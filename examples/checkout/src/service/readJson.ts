import type { IncomingMessage } from 'node:http';
import { RefusedError } from './refusedError.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * The JSON body of a request.
 *
 * @throws RefusedError 413 for a body over 64 KiB, 400 for one that is not JSON.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk as Uint8Array);
    bytes += buffer.length;
    if (bytes > BODY_LIMIT_BYTES) throw new RefusedError(413, `the body is larger than ${BODY_LIMIT_BYTES} bytes`);
    chunks.push(buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new RefusedError(400, 'the body is not JSON', { cause });
  }
}
