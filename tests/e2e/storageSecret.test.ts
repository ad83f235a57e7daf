// @spec S1.5
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { npmRun, testCluster, type CommandResult } from '../support/commands.ts';
import { ExternalElasticsearch } from './support/externalElasticsearch.ts';
import { externalStorage, prepareNamespace } from './support/externalStorage.ts';
import { podIdentities } from './support/namespacePods.ts';
import { encryptConfig, ownBackend, pulumi } from './support/pulumiCli.ts';
import { placesWith, readFiles, readNamespaceTexts, type Places } from './support/secretSearch.ts';
import { readWholeTrace, sendTrace, traceComesBack } from './support/stackTraces.ts';
import { testPassphrase, TestStack } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const name = 'storage-secret';
const passwords = { first: `seed-${randomUUID()}`, second: `seed-${randomUUID()}` };
const resources = new AsyncDisposableStack();
let search: ExternalElasticsearch;
let stack: TestStack;
const printed: Record<string, string> = {};

beforeAll(async () => {
  const credentials = { username: 'jaeger', password: passwords.first };
  search = resources.use(await ExternalElasticsearch.start(kube, 'search-secret', credentials));
  stack = resources.use(await TestStack.create(name, await configWith(passwords.first)));
  await prepareNamespace(kube, stack.namespace, search);
  const preview = await stack.run('preview');
  const up = await stack.up('--json');
  Object.assign(printed, { preview: textOf(preview), up: textOf(up) });
});
afterAll(() => resources.disposeAsync());

test('with a password that Pulumi keeps as a secret, a trace is stored and read back', async () => {
  await readWholeTrace(kube, stack.namespace, await sendTrace(kube, stack.namespace));
});

test('another password in the configuration reaches Jaeger by `up`, without a restart', async () => {
  const before = await podIdentities(kube, stack.namespace);
  await search.change({ password: passwords.second });
  await stack.configure(await configWith(passwords.second));
  const up = await stack.run('up', '--no-example', '--json');
  printed['second up'] = textOf(up);
  await traceComesBack(kube, stack.namespace, 150);
  expect(await podIdentities(kube, stack.namespace)).toEqual(before);
});

test('the passwords stand nowhere in plain: commands, state, backend, outputs, pods, ConfigMaps, events, logs', async () => {
  const places = await everywhere();
  // What is no secret is found in each kind of place: the search itself works.
  expect(placesWith(places, stack.namespace)).toEqual(
    expect.arrayContaining(['preview', 'up', 'export', 'outputs file', 'stack output', 'pods']),
  );
  const [, keyLine = ''] = search.clientCertificate.key.split('\n');
  expect(keyLine.length).toBeGreaterThan(40);
  for (const secret of [passwords.first, passwords.second, keyLine, testPassphrase])
    expect(placesWith(places, secret)).toEqual([]);
});

function textOf({ stdout, stderr }: CommandResult): string {
  return `${stdout}\n${stderr}`;
}

/** The configuration as a user writes it, with the password as `pulumi config set --secret` encrypts it. */
async function configWith(password: string) {
  const { existingSecret: _existing, ...storage } = externalStorage(search, 'storage-secret.e2e');
  const encrypted = await encryptConfig(name, testPassphrase, { 'tracewright:elasticsearchPassword': password });
  return { config: { environment: 'dev', storage }, encrypted };
}

async function everywhere(): Promise<Places> {
  const { stdout } = await npmRun('cluster', ['status', '--name', testCluster, '--json']);
  const { stateDirectory } = JSON.parse(stdout) as { readonly stateDirectory: string };
  const env = ownBackend(stateDirectory, testPassphrase);
  const answer = JSON.parse(printed['up']?.split('\n').at(0) ?? '') as { readonly outputsFile: string };
  const ask = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await pulumi([...args, '--stack', name], { env });
    expect([exitCode, stderr]).toEqual([0, '']);
    return stdout;
  };
  return {
    ...printed,
    export: await ask('stack', 'export'),
    'stack output': await ask('stack', 'output', '--json'),
    'outputs file': await readFile(answer.outputsFile, 'utf8'),
    ...(await readFiles(`${stateDirectory}/pulumi`)),
    ...(await readFiles(`${stateDirectory}/outputs`)),
    ...(await readNamespaceTexts(kube, stack.namespace)),
  };
}
