// @spec S1.8
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { stackYaml } from './support/stackYaml.ts';
import { npmRun, testCluster, type CommandOptions } from '../support/commands.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-bad-input-'));

function write(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

/** Runs `up` with something wrong on a cluster that must not come to be, and returns what it said. */
async function refused(args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await npmRun('up', ['--cluster', 'bad-input', ...args], options);
  expect(result.exitCode).toBe(1);
  const status = await npmRun('status', ['--cluster', 'bad-input']);
  expect(status.stdout).toContain('does not run');
  return result.stderr;
}

test('every mistake in the configuration is listed at once, with key, value and what is allowed', async () => {
  const file = write(
    'mistakes.yaml',
    stackYaml({ colector: {}, query: { replicas: 0 }, sampling: { default: { type: 'guess', param: 1 } } }),
  );
  const message = await refused(['--config-file', file]);
  expect(message).toContain('StackConfigError: 3 problems');
  expect(message).toMatch(/tracewright:colector.*did you mean "collector"/s);
  expect(message).toMatch(/tracewright:query\.replicas = 0: .*1/);
  expect(message).toMatch(/tracewright:sampling\.default\.type = "guess": .*probabilistic.*ratelimiting/s);
});

test('a configuration file that is not YAML is named with the line', async () => {
  expect(await refused(['--config-file', write('broken.yaml', 'config: [')])).toMatch(
    /broken\.yaml: is not YAML: .*line 1/s,
  );
});

test('an unknown stack is answered with the known ones', async () => {
  expect(await refused(['--stack', 'qa'])).toContain(
    '--stack: "qa" has no configuration; allowed: dev, prod, staging.',
  );
});

test('a stack other than dev without a passphrase is refused before anything is built', async () => {
  const file = write('prod.yaml', stackYaml({ environment: 'dev' }));
  const env = { PULUMI_CONFIG_PASSPHRASE: undefined, PULUMI_CONFIG_PASSPHRASE_FILE: undefined };
  expect(await refused(['--stack', 'prod', '--config-file', file], { env })).toContain(
    'MissingPassphraseError: stack prod needs a passphrase for its secrets: set PULUMI_CONFIG_PASSPHRASE',
  );
});

test('an unknown context is answered with those of the kubeconfig', async () => {
  const message = await refused(['--context', 'nowhere', '--yes'], { env: { KUBECONFIG: inject('kubeconfigPath') } });
  expect(message).toContain(`context "nowhere" is not in the kubeconfig; allowed: tracewright-${testCluster}`);
});

test('a cluster that does not answer is named with its address, and nothing is changed', async () => {
  const kubeconfig = write(
    'unreachable.yaml',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'gone', cluster: { server: 'https://127.0.0.1:61' } }],
      users: [{ name: 'me', user: { token: 'x' } }],
      contexts: [{ name: 'gone', context: { cluster: 'gone', user: 'me' } }],
    }),
  );
  const message = await refused(['--context', 'gone', '--yes'], { env: { KUBECONFIG: kubeconfig } });
  expect(message).toMatch(
    /the cluster of context "gone" \(https:\/\/127\.0\.0\.1:61\) does not answer: .*ECONNREFUSED/,
  );
});

test("a change of the user's own cluster needs a yes", async () => {
  const message = await refused(['--context', `tracewright-${testCluster}`], {
    env: { KUBECONFIG: inject('kubeconfigPath') },
  });
  expect(message).toContain('not confirmed. Nothing was changed.');
});

test('a taken port that was asked for is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const result = await npmRun('up', ['--cluster', testCluster, '--ui-port', String(port)]);
    expect([result.exitCode, result.stderr]).toEqual([
      1,
      expect.stringContaining(`--ui-port: port ${port} on 127.0.0.1 is taken`),
    ]);
  } finally {
    server.close();
  }
});

test('a taken port for the API server is named before the cluster is made', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    expect(await refused(['--api-port', String(port)])).toContain(String(port));
  } finally {
    server.close();
  }
});

test('of two ups at once one is refused, and the other goes on to its trace', async () => {
  const both = await Promise.all([npmRun('up', ['--cluster', testCluster]), npmRun('up', ['--cluster', testCluster])]);
  expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
  const refusal = both.find(({ exitCode }) => exitCode === 1)?.stderr;
  expect(refusal).toContain(`another up or down of stack dev on the local cluster ${testCluster} runs`);
});

test('misspelt options and commands are refused with help', async () => {
  const result = await npmRun('up', ['--stak', 'dev']);
  expect([result.exitCode, result.stderr]).toEqual([1, expect.stringContaining("unknown option '--stak'")]);
  expect(result.stderr).toContain('Did you mean --stack?');
});
