import autocannon from 'autocannon';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { nodeArguments } from '../runProgram.ts';
import type { Side } from '../side.ts';

const ready = z.object({ port: z.number() });
const used = z.object({ cpuMicroseconds: z.number() });

/** What a run of the echo server is loaded with. */
export interface EchoLoad {
  readonly agentPort: number;
  readonly requests: number;
}

/** Microseconds of the server's processor time that a request takes, after a warm-up of a quarter as many. */
export async function measureEcho(side: Side | 'none', { agentPort, requests }: EchoLoad): Promise<number> {
  const program = nodeArguments('tracing', 'echoServer');
  const [file = '', args] = [program.at(-1), program.slice(0, -1)];
  const server = fork(file, [side, String(agentPort)], { execArgv: [...args] });
  try {
    const { port } = ready.parse(await messageOf(server));
    await load(port, requests / 4);
    const before = await processorTime(server);
    await load(port, requests);
    return ((await processorTime(server)) - before) / requests;
  } finally {
    server.disconnect();
    if (server.exitCode === null) await once(server, 'exit');
  }
}

async function load(port: number, amount: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/echo`;
  const { non2xx, errors } = await autocannon({ url, amount, connections: 10, method: 'POST', body: 'hello' });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} of ${amount} requests failed`);
}

async function processorTime(server: ChildProcess): Promise<number> {
  server.send('cpu');
  return used.parse(await messageOf(server)).cpuMicroseconds;
}

function messageOf(server: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    server.once('message', resolve);
    server.once('exit', () => reject(new Error('the echo server has ended')));
  });
}
