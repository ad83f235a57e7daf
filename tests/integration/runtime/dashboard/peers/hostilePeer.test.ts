import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { httpPeerTransport } from '../../../../../runtime/src/dashboard/peers/adapters/httpPeerTransport.ts';
import { resolvePeersOptions } from '../../../../../runtime/src/dashboard/peers/peersOptions.ts';

/** What becomes of a question to a peer that answers so. */
async function replyOf(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const token = new Secret('the token of replicas');
  try {
    const transport = httpPeerTransport(
      resolvePeersOptions({ hostName: 'localhost', port, token, timeoutMillis: 500 }),
    );
    return await transport.send('127.0.0.1', { method: 'GET', path: 'parts' });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('a peer that is none', () => {
  it('is told by its status where it answers in HTML, and not followed where it sends elsewhere', async () => {
    const bad = replyOf((_request, response) => response.writeHead(502).end('<html>secret of a proxy</html>'));
    expect(await bad).toEqual({ status: 502, body: undefined });
    const elsewhere = replyOf((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    );
    expect(await elsewhere).toEqual({ status: 302, body: undefined });
  });

  it.each<[string, RequestListener, string]>([
    [
      'is no JSON',
      (_request, response) => response.end('<html>secret of a proxy</html>'),
      'answered with what is no JSON',
    ],
    ['never ends', (_request, response) => response.write('{'), 'did not answer within 500 ms'],
    ['is too large', (_request, response) => response.end('x'.repeat(17_000_000)), 'answered with more than 16 MiB'],
  ])('is told in words, and nothing of what it says, where that %s', async (_what, answer, problem) => {
    await expect(replyOf(answer)).rejects.toThrow(new RegExp(`^${problem}$`));
  });
});
