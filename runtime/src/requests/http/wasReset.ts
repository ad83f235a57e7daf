import type { ServerResponse } from 'node:http';

/**
 * Whether the stream of a response over HTTP/2 was reset before all of the response was sent. Its compatibility layer tells
 * of every end by `finish`, also of resets; a response over HTTP/1 has no stream of its own.
 */
export function wasReset(response: ServerResponse): boolean {
  const stream: unknown = Reflect.get(response, 'stream');
  if (typeof stream !== 'object' || stream === null) return false;
  // A stream that is aborted counts as finished. One of which the end was written already is not aborted by a reset.
  return Reflect.get(stream, 'aborted') === true || Reflect.get(stream, 'writableFinished') === false;
}
