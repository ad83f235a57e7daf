import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen } from '../../../../../runtime/src/dashboard/server/adapters/listen.ts';
import { ask } from './askedPage.ts';

const MUCH = Buffer.alloc(50_000_000);

describe('a server of the page', () => {
  it('cuts who takes nothing of an answer, and nobody who takes it', async () => {
    const finished: Record<string, boolean> = {};
    const { port, stop } = await listen(
      (request, response) => {
        response.once('close', () => (finished[request.url ?? ''] = response.writableFinished));
        response.end(MUCH);
      },
      { port: 0, host: '127.0.0.1', maxStreams: 1, silenceMillis: 300, onError: () => undefined },
    );
    const stuck = connect(port, '127.0.0.1', () => stuck.write('GET /stuck HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    stuck.on('error', () => undefined);
    stuck.pause();
    expect((await ask(port, '/read')).text).toHaveLength(MUCH.length);
    await expect.poll(() => finished, { timeout: 5_000 }).toEqual({ '/read': true, '/stuck': false });
    stuck.destroy();
    await stop();
  });

  it('says where its port is taken', async () => {
    const options = { host: '127.0.0.1', maxStreams: 1, onError: () => undefined };
    const { port, stop } = await listen((_request, response) => response.end('first'), { ...options, port: 0 });
    await expect(listen(() => undefined, { ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await ask(port, '/')).text).toBe('first');
    await stop();
  });
});
