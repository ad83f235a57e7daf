import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gatewayRecordPath } from '../../../../tools/gateway/gatewayRecord.ts';
import { PortTakenError } from '../../../../tools/process/portTakenError.ts';
import { identifyProcess } from '../../../../tools/process/processIdentity.ts';
import {
  findGateways,
  gatewayDirectory,
  pageGatewayDirectory,
  requireGatewayPortFree,
  stopFormerGateway,
  stopGateways,
  stopStackGateway,
} from '../../../../tools/up/gateways.ts';

let state: string;
let started: ChildProcess[];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tracewright-gateways-'));
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(state, { recursive: true });
});

/** A process in a gateway's place, with a gateway's record. */
async function record(directory: string, port: number): Promise<ChildProcess> {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  started.push(child);
  await once(child, 'spawn');
  mkdirSync(directory, { recursive: true });
  const process = identifyProcess(child.pid ?? 0);
  writeFileSync(gatewayRecordPath(directory), JSON.stringify({ process, port }));
  return child;
}

/** What signal ended a process. */
async function endOf(child: ChildProcess): Promise<string | null> {
  if (child.signalCode === null) await once(child, 'exit');
  return child.signalCode;
}

test.each([
  ['every gateway', stopGateways],
  ['the gateway of a stack', (directory: string) => stopStackGateway(directory, 'dev')],
  ['the former gateway', stopFormerGateway],
])('to end %s ends one that was recorded at the former place too', async (_what, stop) => {
  const former = await record(state, 16686);
  await stop(state);
  expect(await endOf(former)).toBe('SIGKILL');
  expect(existsSync(gatewayRecordPath(state))).toBe(false);
});

test('to end the gateway of a stack leaves those of others alone', async () => {
  const dev = await record(gatewayDirectory(state, 'dev'), 16686);
  await record(gatewayDirectory(state, 'staging'), 16687);
  await stopStackGateway(state, 'dev');
  expect(await endOf(dev)).toBe('SIGKILL');
  expect(await findGateways(state)).toEqual([{ stack: 'staging', uiUrl: 'http://127.0.0.1:16687' }]);
  await stopGateways(state);
  expect(await findGateways(state)).toEqual([]);
});

test('the gateway to the page of an example is found beside that of its stack, and ends with it', async () => {
  await record(gatewayDirectory(state, 'dev'), 16686);
  const page = await record(pageGatewayDirectory(state, 'dev'), 4319);
  expect(await findGateways(state)).toEqual([
    { stack: 'dev', uiUrl: 'http://127.0.0.1:16686', pageUrl: 'http://127.0.0.1:4319/' },
  ]);
  await stopStackGateway(state, 'dev');
  expect(await endOf(page)).toBe('SIGKILL');
  expect(await findGateways(state)).toEqual([]);
});

test("a port that the former gateway holds may be asked for, anybody else's not", async () => {
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(requireGatewayPortFree(port, state, 'dev')).rejects.toThrow(PortTakenError);
  await record(state, port);
  await expect(requireGatewayPortFree(port, state, 'dev')).resolves.toBeUndefined();
});
