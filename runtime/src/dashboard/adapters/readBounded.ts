/** Reads the text of an answer; `undefined` where it has more than `maxBytes`, of which no more is read then. */
export async function readBounded(response: Response, maxBytes: number): Promise<string | undefined> {
  const { body, headers } = response;
  if (body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const chunks: Uint8Array[] = [];
  // Of what is packed it says less than it is, which is refused while it is unpacked.
  let bytes = Number(headers.get('content-length') ?? 0) > maxBytes ? Number.POSITIVE_INFINITY : 0;
  for (;;) {
    if (bytes > maxBytes) {
      // Not waited for: the connection is closed, whatever comes of it.
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    chunks.push(value);
    bytes += value.byteLength;
  }
}
