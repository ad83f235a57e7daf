import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForCollectorScript } from '../../../infra/jaeger/waitForCollector.ts';
import { formedMessages } from '../../support/formedLine.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { ServersRoot } from '../support/serversRoot.ts';
import { TestProcess } from '../support/testProcess.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';

let root: ServersRoot;

beforeAll(async () => {
  root = await ServersRoot.unpack();
});
afterAll(() => root[Symbol.asyncDispose]());

test('the container before an agent says that no collector is ready, and ends when a real one is', async () => {
  const [grpc, admin] = [await freeTcpPort(), await freeTcpPort()];
  const target = `127.0.0.1:${grpc}`;
  const waiting = `waiting: no collector is ready at ${target}`;
  const wait = startWait(target);
  let collector: TestProcess | undefined;
  try {
    await wait.waitUntil(() => wait.output.endsWith('\n'));
    expect(formedMessages(wait.output)).toEqual([waiting]);
    collector = await startCollector(target, admin);
    await wait.waitUntil(() => wait.hasEnded);
    expect((await wait.end()).code).toBe(0);
    // A busy machine takes its time to start a collector: the line comes again every ten seconds.
    expect(new Set(formedMessages(wait.output))).toEqual(new Set([waiting, `ready: a collector answers at ${target}`]));
  } finally {
    await wait.stop('SIGKILL');
    await collector?.stop();
  }
});

test('a name that nobody has yet is waited for too', async () => {
  const wait = startWait('none.invalid:14250');
  try {
    await wait.waitUntil(() => wait.output.endsWith('\n'));
    expect(formedMessages(wait.output)).toEqual(['waiting: no collector is ready at none.invalid:14250']);
  } finally {
    await wait.stop('SIGKILL');
  }
});

test.each([
  ['no curl', undefined, 127],
  ['a curl that is killed', '#!/bin/sh\nkill -9 $$\n', 137],
])('%s is no answer of a collector', async (_title, curl, code) => {
  const directory = `/tmp/commands-${code}`;
  await mkdir(join(root.path, directory));
  for (const command of ['date', 'sed', 'sleep', 'tr']) {
    await symlink(`/usr/bin/${command}`, join(root.path, directory, command));
  }
  if (curl !== undefined) await writeFile(join(root.path, directory, 'curl'), curl, { mode: 0o755 });
  const wait = startWait('127.0.0.1:1', directory);
  try {
    await wait.waitUntil(() => wait.output.endsWith('}\n'));
    // The shell itself may have something to say of it.
    const line = wait.output.split('\n').at(-2) ?? '';
    expect(formedMessages(line)).toEqual([`waiting: curl cannot be run in this container (${code})`]);
  } finally {
    await wait.stop('SIGKILL');
  }
});

function startWait(target: string, path = '/usr/bin'): TestProcess {
  return root.start(['/usr/bin/env', `PATH=${path}`, '/bin/sh', '-c', waitForCollectorScript, 'wait', target]);
}

async function startCollector(target: string, adminPort: number): Promise<TestProcess> {
  return new TestProcess({
    command: join(await toolchainPart('jaeger'), 'jaeger-collector'),
    args: [
      `--collector.grpc-server.host-port=${target}`,
      '--collector.http-server.host-port=127.0.0.1:0',
      '--collector.otlp.enabled=false',
      `--admin.http.host-port=127.0.0.1:${adminPort}`,
    ],
    environment: { SPAN_STORAGE_TYPE: 'memory' },
  });
}
