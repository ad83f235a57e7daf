// @spec S1.7
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { applyManifests } from '../../tools/kube/applyManifests.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import { attackSettings, createAttackNamespaces } from './support/attack/attackNamespaces.ts';
import { attackInWords } from './support/attack/attackResult.ts';
import { flowInWords, NetworkMatrix } from './support/attack/networkMatrix.ts';
import { whileRemoved } from './support/attack/whileRemoved.ts';
import { namespaceObject } from './support/externalElasticsearchObjects.ts';
import { Issuer } from './support/issuer.ts';
import { TestStack } from './support/testStack.ts';

const kubeconfigPath = inject('kubeconfigPath');
const kube = loadKubeConfig({ kubeconfigPath });
const resources = new AsyncDisposableStack();
const { host, controller } = attackSettings.ingress;
let stack: TestStack;
let matrix: NetworkMatrix;

beforeAll(async () => {
  await importTestImages(testCluster, ['oauth2-proxy']);
  const issuer = resources.use(await Issuer.start(kube, `https://${host}/oauth2/callback`, 'attack-issuer'));
  const oidc = {
    issuerUrl: issuer.url,
    clientId: issuer.client.id,
    existingSecret: { name: 'log-in' },
    emailDomains: ['allowed.example'],
    ca: { existingSecret: { name: 'log-in-ca' } },
    replicas: 1,
  };
  const storage = { kind: 'embedded', heapMebibytes: 256, volumeGibibytes: 1 };
  const ingress = { host, controller, tlsSecretName: 'no-certificate-is-needed-here', oidc };
  stack = await TestStack.create('attack-login', {
    config: { environment: 'dev', storage, ...attackSettings, ingress },
  });
  const { namespace } = stack;
  resources.use(await createAttackNamespaces(kube, namespace));
  await applyManifests(kube, [
    namespaceObject(namespace),
    secret('log-in', {
      'client-secret': issuer.client.secret,
      'cookie-secret': randomBytes(32).toString('base64url'),
    }),
    secret('log-in-ca', { 'ca.crt': issuer.authority }),
  ]);
  resources.use(stack);
  await stack.up();
  const login = { issuerNamespace: issuer.namespace };
  matrix = resources.use(
    await NetworkMatrix.start({ kube, namespace, stateDirectory: dirname(kubeconfigPath), login }),
  );
  await matrix.runUntil(({ wrong }) => wrong.length === 0);
});
afterAll(() => resources.disposeAsync());

test('behind a log-in every flow that is needed passes and every other is refused, three times over', async () => {
  for (let round = 1; round <= 3; round++) {
    const result = await matrix.run();
    console.info(`network with a log-in: ${attackInWords(result)}`);
    expect([result.cells, result.wrong]).toEqual([matrix.expected.length, []]);
  }
});

test("without oauth2-proxy's policy nobody gets to it, nor it anywhere, and nothing else changes", async () => {
  const expected = matrix.expected
    .filter(({ from, to, allowed }) => allowed && (from === 'as-proxy' || to.startsWith('proxy')))
    .map((flow) => flowInWords(flow, 'refused'))
    .sort();
  const wrong = await whileRemoved({ kube, namespace: stack.namespace, matrix }, ['oauth2-proxy'], expected);
  console.info(`without oauth2-proxy: ${wrong.length} cells wrong, such as ${wrong[0] ?? 'none'}`);
  expect([wrong, wrong.length > 0]).toEqual([expected, true]);
});

function secret(name: string, stringData: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: stack.namespace }, stringData };
}
