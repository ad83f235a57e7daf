import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeHost } from './support/host.ts';
import { checkout, npmRun, npmRunJson, testCluster } from '../support/commands.ts';

// A cluster of its own, beside the one that the other files use.
const cluster = 'killed';
let hostBefore: Awaited<ReturnType<typeof describeHost>>;

beforeAll(async () => {
  await npmRun('down', ['--cluster', cluster]);
  hostBefore = await describeHost();
});
afterAll(() => npmRun('down', ['--cluster', cluster]));

// Each kill strikes what the one before has left.
test.each(['cluster', 'images', 'stack', 'example'])(
  'up killed with -9 in its phase "%s" leaves nothing that the next cannot heal',
  async (phase) => {
    expect(await killUpIn(phase)).toBe(true);
  },
);

test('after all those kills, up reaches its trace', async () => {
  const up = await npmRunJson('up', ['--cluster', cluster]);
  expect(up['services']).toEqual(['orders', 'storefront']);
});

test('a killed cluster is healed by the next up, with its data', async () => {
  const { pid } = await npmRunJson('cluster', ['status', '--name', cluster]);
  process.kill(Number(pid), 'SIGKILL');
  const up = await npmRunJson('up', ['--cluster', cluster]);
  expect(up['changed']).toBe(false);
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
