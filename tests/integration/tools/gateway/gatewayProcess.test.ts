import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  ensureGateway,
  findGateway,
  GatewayStartError,
  requirePortFree,
  stopGateway,
  type GatewayProcessOptions,
} from '../../../../tools/gateway/gatewayProcess.ts';
import { pageTarget, queryTarget } from '../../../../tools/gateway/gatewayTarget.ts';
import { gatewayRecordPath, readLiveGateway } from '../../../../tools/gateway/gatewayRecord.ts';
import { findFreeLoopbackPort, isLoopbackPortFree } from '../../../../tools/process/loopbackPort.ts';
import { PortTakenError } from '../../../../tools/process/portTakenError.ts';
import { listen, portOf } from './support/servers.ts';

const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'kind-a',
  clusters: [{ name: 'a', cluster: { server: 'http://127.0.0.1:9' } }],
  users: [{ name: 'a', user: {} }],
  contexts: [{ name: 'kind-a', context: { cluster: 'a', user: 'a' } }],
};
let directory: string;
let state: string;
let options: GatewayProcessOptions & { readonly port: number };
let spawned: ChildProcess[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tracewright-gateway-'));
  state = join(directory, 'state');
  spawned = [];
  writeFileSync(join(directory, 'kubeconfig'), JSON.stringify(kubeconfig));
  const environment = {
    PATH: process.env['PATH'] ?? '',
    KUBECONFIG: join(directory, 'kubeconfig'),
    HTTPS_PROXY: '',
    AWS_PROFILE: 'staging',
    PULUMI_CONFIG_PASSPHRASE: 'secret',
    npm_config__auth: 'secret',
  };
  const port = await findFreeLoopbackPort();
  options = { target: queryTarget, stateDirectory: state, context: 'kind-a', namespace: 'tracing', environment, port };
});

afterEach(async () => {
  await stopGateway(state);
  for (const child of spawned) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

const livePid = (): number | undefined => readLiveGateway(gatewayRecordPath(state))?.process.pid;

test('a gateway of a query service under a path gives its addresses there, and gives way to one of another path', async () => {
  const url = `http://127.0.0.1:${options.port}`;
  expect(await ensureGateway({ ...options, basePath: '/traces' })).toEqual({
    port: options.port,
    url: `${url}/traces`,
  });
  expect(await findGateway(state)).toEqual({ port: options.port, url: `${url}/traces` });
  const pid = livePid();
  expect(await ensureGateway(options)).toEqual({ port: options.port, url });
  expect(livePid()).not.toBe(pid);
});

test('a gateway starts, is kept while it fits, is found and ended', async () => {
  const started = await ensureGateway(options);
  const pid = livePid();
  expect(started).toEqual({ port: options.port, url: `http://127.0.0.1:${options.port}` });
  expect(await ensureGateway(options)).toEqual(started);
  expect(livePid()).toBe(pid);
  expect(await findGateway(state)).toEqual(started);
  await stopGateway(state);
  expect(await findGateway(state)).toBeUndefined();
  expect(await isLoopbackPortFree(options.port)).toBe(true);
  expect(existsSync(gatewayRecordPath(state))).toBe(false);
});

test('a gateway of another deployment is replaced on the same port', async () => {
  await ensureGateway(options);
  const before = livePid();
  const { port: _port, ...anyPort } = options;
  expect((await ensureGateway({ ...anyPort, namespace: 'other' })).port).toBe(options.port);
  expect(livePid()).not.toBe(before);
});

test('a gateway that leads elsewhere is another one, and says which option asks for its port', async () => {
  await ensureGateway(options);
  const before = livePid();
  expect(await ensureGateway({ ...options, target: pageTarget })).toMatchObject({ port: options.port });
  expect(livePid()).not.toBe(before);
  const taken = requirePortFree(pageTarget, options.port, join(directory, 'another'));
  await expect(taken).rejects.toMatchObject({ option: 'page-port', port: options.port });
});

test('the gateway itself writes its record, for its owner only, before it listens', async () => {
  spawnGateway();
  await vi.waitFor(() => expect(livePid()).toBe(spawned[0]?.pid), 10_000);
  expect(statSync(gatewayRecordPath(state)).mode & 0o777).toBe(0o600);
  expect(await ensureGateway(options)).toMatchObject({ port: options.port });
});

test('a gateway whose record is gone ends by itself and leaves its port', async () => {
  await ensureGateway(options);
  rmSync(state, { recursive: true });
  await vi.waitFor(async () => expect(await isLoopbackPortFree(options.port)).toBe(true), 10_000);
});

test('a gateway whose record names another ends by itself', async () => {
  const gateway = spawnGateway();
  const ended = once(gateway, 'exit');
  await vi.waitFor(() => expect(livePid()).toBe(gateway.pid), 10_000);
  writeFileSync(
    gatewayRecordPath(state),
    readFileSync(gatewayRecordPath(state), 'utf8').replace(`${gateway.pid}`, '999999'),
  );
  expect(await ended).toEqual([0, null]);
});

test.runIf(process.platform === 'linux')('the gateway is told nothing that concerns Pulumi or npm only', async () => {
  await ensureGateway(options);
  const names = readFileSync(`/proc/${livePid() ?? 0}/environ`, 'utf8')
    .split('\0')
    .map((line) => line.split('=')[0]);
  expect(names).toEqual(expect.arrayContaining(['PATH', 'KUBECONFIG', 'HTTPS_PROXY', 'AWS_PROFILE']));
  expect(names.filter((name) => /pulumi|npm/i.test(name ?? ''))).toEqual([]);
});

test('a gateway that cannot start is an error with its last words, and nothing is left', async () => {
  const starting = ensureGateway({ ...options, context: 'absent' });
  await expect(starting).rejects.toThrow(GatewayStartError);
  await expect(starting).rejects.toThrow('context "absent" is not in the kubeconfig');
  expect(existsSync(gatewayRecordPath(state))).toBe(false);
});

test('a UI port of another program is refused, naming the program; nothing is made', async () => {
  const other = await listen(createServer());
  const refused = requirePortFree(queryTarget, portOf(other), state);
  await expect(refused).rejects.toThrow(PortTakenError);
  await expect(refused).rejects.toMatchObject({ option: 'ui-port', port: portOf(other) });
  await expect(refused).rejects.toThrow(`--ui-port: port ${portOf(other)} on 127.0.0.1 is taken by`);
  await expect(ensureGateway({ ...options, port: portOf(other) })).rejects.toThrow(PortTakenError);
  expect(existsSync(state)).toBe(false);
  other.close();
});

test('a UI port that is free, or that our own gateway holds, is not refused', async () => {
  await requirePortFree(queryTarget, options.port, state);
  await ensureGateway(options);
  await requirePortFree(queryTarget, options.port, state);
  await expect(requirePortFree(queryTarget, options.port, join(directory, 'another'))).rejects.toThrow(PortTakenError);
});

/** As `up` does, but by somebody who then forgets it. */
function spawnGateway(): ChildProcess {
  const main = join(import.meta.dirname, '../../../../tools/gateway/main.ts');
  const values = {
    record: gatewayRecordPath(state),
    context: 'kind-a',
    namespace: 'tracing',
    port: options.port,
    revision: 'r1',
  };
  const flags = Object.entries(values).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(process.execPath, [main, ...flags], { env: options.environment, stdio: 'ignore' });
  spawned.push(child);
  return child;
}
