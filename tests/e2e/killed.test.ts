import { CoreV1Api } from '@kubernetes/client-node';
import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { COMPONENT_NAMES } from '../../tools/cluster/components/component.ts';
import { nodeCommand } from '../../tools/cluster/nodeCommand.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { checkout, npmRun, npmRunJson, testCluster } from '../support/commands.ts';
import { describeHost, nodeRootfs, runIn } from './support/host.ts';

// A cluster of its own, beside the one that the other files use.
const cluster = 'killed';
let hostBefore: Awaited<ReturnType<typeof describeHost>>;

beforeAll(async () => {
  await npmRun('down', ['--cluster', cluster]);
  hostBefore = await describeHost();
});
afterAll(() => npmRun('down', ['--cluster', cluster]));

test.each([
  ['links', ['ip', 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1']],
  ['routes', ['ip', 'route', 'add', 'blackhole', '192.0.2.0/24']],
  ['firewall', ['iptables-nft', '-A', 'INPUT', '-s', '192.0.2.1', '-j', 'DROP']],
  ['firewall', ['iptables-legacy', '-A', 'INPUT', '-s', '192.0.2.1', '-j', 'DROP']],
] as const)('the description of a host has other %s after "%j"', async (part, command) => {
  const network = spawn('unshare', ['--net', 'sleep', '60'], { stdio: 'ignore' });
  try {
    const pid = network.pid ?? 0;
    const own = await networkNamespace(process.pid);
    await vi.waitFor(async () => expect(await networkNamespace(pid)).not.toBe(own));
    const before = await describeHost(pid);
    await runIn(await nodeRootfs(), pid, command);
    expect((await describeHost(pid))[part]).not.toBe(before[part]);
  } finally {
    network.kill('SIGKILL');
  }
});

// Each kill strikes what the one before has left.
test.each(['cluster', 'images', 'stack', 'example'])(
  'up killed with -9 in its phase "%s" leaves nothing that the next cannot heal',
  async (phase) => {
    expect(await killUpIn(phase)).toBe(true);
  },
);

test('after all those kills, up reaches its trace, and nothing of it can be reached from outside', async () => {
  const up = await npmRunJson('up', ['--cluster', cluster]);
  expect(up['services']).toEqual(['orders', 'storefront']);
  expect((await describeHost())['listeners']).toBe(hostBefore['listeners']);
});

test.each(COMPONENT_NAMES)('%s killed with -9 is started again', async (component) => {
  const { pid, stateDirectory } = await clusterProcess();
  const pidFile = join(stateDirectory, 'node', 'services', component, 'supervise', 'pid');
  const before = await readFile(pidFile, 'utf8');
  expect(before).toMatch(/^\d+\n$/);
  await runInNode(pid, ['kill', '-9', before.trim()]);
  await vi.waitFor(
    async () => {
      const after = await readFile(pidFile, 'utf8');
      expect(after).toMatch(/^\d+\n$/);
      expect(after).not.toBe(before);
    },
    { timeout: 30_000, interval: 100 },
  );
});

test('after those, and with the API forwarder and the gateway killed as well, up heals all in place', async () => {
  const { pid, stateDirectory } = await clusterProcess();
  for (const record of ['forwarder.json', join('gateways', 'dev', 'gateway.json')])
    process.kill(await recordedProcess(stateDirectory, record), 'SIGKILL');
  const up = await npmRunJson('up', ['--cluster', cluster]);
  expect(up['services']).toEqual(['orders', 'storefront']);
  expect((await clusterProcess()).pid).toBe(pid);
  expect((await npmRun('status', ['--cluster', cluster])).exitCode).toBe(0);
});

test('a cluster whose first process is killed is healed by the next up, with its data', async () => {
  const { pid, kubeconfigPath } = await clusterProcess();
  const { traceId, spanCount } = await npmRunJson('up', ['--cluster', cluster]);
  const core = loadKubeConfig({ kubeconfigPath }).makeApiClient(CoreV1Api);
  const data = { written: new Date().toISOString() };
  await core.createNamespacedConfigMap({ namespace: 'default', body: { metadata: { name: 'kept' }, data } });
  process.kill(pid, 'SIGKILL');
  const up = await npmRunJson('up', ['--cluster', cluster]);
  expect(up['services']).toEqual(['orders', 'storefront']);
  expect((await core.readNamespacedConfigMap({ namespace: 'default', name: 'kept' })).data).toEqual(data);
  const response = await fetch(`${String(up['uiUrl'])}/api/traces/${String(traceId)}`);
  expect(await response.json()).toMatchObject({ data: [{ traceID: traceId, spans: { length: spanCount } }] });
});

test('the other cluster has not noticed', async () => {
  expect((await npmRun('status', ['--cluster', testCluster])).exitCode).toBe(0);
});

test("after down, the host's interfaces, routes, mounts, firewall and cgroups are as before", async () => {
  await npmRunJson('down', ['--cluster', cluster]);
  expect(await describeHost()).toEqual(hostBefore);
});

/** Starts `up` and kills it with everything that it has started in its own session, 300 ms after a phase begins. */
async function killUpIn(phase: string): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', 'up', '--', '--cluster', cluster], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let seen = false;
  for await (const line of createInterface(child.stderr)) {
    if (line !== `${phase}: started`) continue;
    seen = true;
    setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 300);
    break;
  }
  await ended;
  return seen;
}

interface ClusterProcess {
  /** The first process of the cluster's namespaces. */
  readonly pid: number;
  readonly stateDirectory: string;
  readonly kubeconfigPath: string;
}

async function clusterProcess(): Promise<ClusterProcess> {
  // A part that was just killed makes the answer "degraded" and the exit status 1.
  const { stdout } = await npmRun('cluster', ['status', '--name', cluster, '--json']);
  const status: unknown = JSON.parse(stdout);
  expect(status).toMatchObject({
    pid: expect.any(Number) as number,
    stateDirectory: expect.any(String) as string,
    kubeconfigPath: expect.any(String) as string,
  });
  return status as ClusterProcess;
}

async function runInNode(pid: number, command: readonly string[]): Promise<void> {
  const [program = '', ...args] = nodeCommand(pid, ['sh', '-c', '"$@"', 'sh', ...command]);
  await execa(program, args);
}

async function recordedProcess(stateDirectory: string, record: string): Promise<number> {
  const value: unknown = JSON.parse(await readFile(join(stateDirectory, record), 'utf8'));
  expect(value).toMatchObject({ process: { pid: expect.any(Number) as number } });
  return (value as { readonly process: { readonly pid: number } }).process.pid;
}

async function networkNamespace(pid: number): Promise<string> {
  return (await execa('readlink', [`/proc/${pid}/ns/net`])).stdout;
}
