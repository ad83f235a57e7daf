import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readClusterState } from '../../../../tools/cluster/clusterState.ts';
import type { ProbeTarget } from './probePod.ts';

/** A server beyond the local cluster, on the host's end of the link that joins the two: what the internet is to its pods. */
export async function listenOutside(stateDirectory: string): Promise<ProbeTarget & AsyncDisposable> {
  const state = readClusterState(join(stateDirectory, 'cluster.json'));
  if (state === undefined) throw new Error(`${stateDirectory} holds no state of a cluster`);
  const host = state.link.hostAddress;
  const server = createServer((socket) => socket.on('error', () => undefined).end());
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    host,
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
