// @spec S1.7
import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { forwardPort } from '../../tools/kube/forwardPort.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import type { ApplicationNamespace } from './support/applicationNamespace.ts';
import { attackSettings, createAttackNamespaces, type AttackNamespaces } from './support/attack/attackNamespaces.ts';
import { attackInWords } from './support/attack/attackResult.ts';
import { expectedFlows, type ExpectedFlow } from './support/attack/expectedFlows.ts';
import { flowInWords, NetworkMatrix } from './support/attack/networkMatrix.ts';
import { readPolicies, removePolicies } from './support/attack/removedPolicies.ts';
import { whileRemoved, type AttackedStack } from './support/attack/whileRemoved.ts';
import { findTrace } from './support/findTrace.ts';
import { TestStack } from './support/testStack.ts';
import { sendSpans } from './support/traceClients.ts';

const kubeconfigPath = inject('kubeconfigPath');
const kube = loadKubeConfig({ kubeconfigPath });
const resources = new AsyncDisposableStack();
let stack: TestStack;
let outputs: TracingStackOutputs;
let namespaces: AttackNamespaces;
let matrix: NetworkMatrix;
let policies: Readonly<Record<string, V1NetworkPolicy>>;

beforeAll(async () => {
  await importTestImages(testCluster, ['trace-clients']);
  const storage = { kind: 'embedded', heapMebibytes: 256, volumeGibibytes: 1 };
  const config = { environment: 'dev', storage, ...attackSettings };
  stack = await TestStack.create('attack', { config });
  namespaces = resources.use(await createAttackNamespaces(kube, stack.namespace));
  resources.use(stack);
  const answer = (await stack.up('--json')).stdout.split('\n').at(-1) ?? '';
  outputs = readStackOutputs(z.object({ outputs: z.unknown() }).parse(JSON.parse(answer)).outputs);
  policies = await readPolicies(kube, stack.namespace);
  const { namespace } = stack;
  matrix = resources.use(await NetworkMatrix.start({ kube, namespace, stateDirectory: dirname(kubeconfigPath) }));
  // Rules for a pod come a moment after it.
  await matrix.runUntil(({ wrong }) => wrong.length === 0);
});
afterAll(() => resources.disposeAsync());

test('every flow that is needed passes and every other is refused, three times over', async () => {
  for (let round = 1; round <= 3; round++) {
    const result = await matrix.run();
    console.info(`network: ${attackInWords(result)}`);
    expect([result.cells, result.wrong]).toEqual([expectedFlows().length, []]);
  }
});

// Before the storage is cut off below: for up to a minute after that, collectors drop what they are given.
test('spans that a stranger sends over UDP do not arrive, and do once the policies are gone', async () => {
  await using query = await forwardPort(kube, { namespace: stack.namespace, service: 'jaeger-query', podPort: 16_686 });
  const queryUrl = `http://127.0.0.1:${query.port}`;
  const forbiddenMarkers = await sendMarkers(namespaces.stranger, 'forbidden');
  // What was sent later and is allowed has come: what was sent before would be there too.
  for (const marker of await sendMarkers(namespaces.labelled, 'allowed')) await findTrace(queryUrl, marker);
  for (const marker of forbiddenMarkers)
    await expect(findTrace(queryUrl, marker, { seconds: 3 })).rejects.toThrow(`no trace of ${marker}`);
  {
    await using _removed = await removePolicies(kube, stack.namespace, ['default-deny', 'jaeger-agent']);
    await matrix.runUntil(({ wrong }) => wrong.includes('stranger → agent:5778 is open'));
    for (const marker of await sendMarkers(namespaces.stranger, 'opened')) await findTrace(queryUrl, marker);
  }
  expect((await matrix.runUntil(({ wrong }) => wrong.length === 0)).wrong).toEqual([]);
});

test('without any policy every flow passes: all that is refused is refused by them', async () => {
  const allOpen = await whileRemoved(attacked(), Object.keys(policies), forbidden(everywhere));
  console.info(`without policies: ${allOpen.length} cells wrong`);
  expect(allOpen).toEqual(forbidden(everywhere));
});

/** What goes wrong when a policy is removed: who may is refused, since "default-deny" is still there. */
const ofComponent = (name: string, probe: string) => () =>
  expectedFlows()
    .filter(
      ({ from, to, allowed }) => allowed && (from === probe || to.startsWith(`${name}:`) || to.startsWith(`${name}-`)),
    )
    .map((flow) => flowInWords(flow, 'refused'))
    .sort();

test.each([
  ['default-deny', () => forbidden(({ from, to }) => !isComponent(from) && !isComponent(to))],
  ['elasticsearch', ofComponent('elasticsearch', 'as-elasticsearch')],
  ['jaeger-agent', ofComponent('agent', 'as-agent')],
  ['jaeger-collector', ofComponent('collector', 'as-collector')],
  ['jaeger-index-cleaner', ofComponent('cleaner', 'as-cleaner')],
  ['jaeger-query', ofComponent('query', 'as-query')],
  ['network-policy-check', ofComponent('check', 'as-check')],
] as const)('without the policy %s its own cells are wrong, and no others', async (policy, expected) => {
  const wrong = await whileRemoved(attacked(), [policy], expected());
  console.info(`without ${policy}: ${wrong.length} cells wrong, such as ${wrong[0] ?? 'none'}`);
  expect(wrong).toEqual(expected());
  expect(wrong.length).toBeGreaterThan(0);
});

test('those are all policies of the stack', () => {
  expect(Object.keys(policies).sort()).toEqual([
    'default-deny',
    'elasticsearch',
    'jaeger-agent',
    'jaeger-collector',
    'jaeger-index-cleaner',
    'jaeger-query',
    'network-policy-check',
  ]);
});

test('the policies are as they were, and so is the matrix', async () => {
  expect(await readPolicies(kube, stack.namespace)).toEqual(policies);
  expect((await matrix.run()).wrong).toEqual([]);
});

function attacked(): AttackedStack {
  return { kube, namespace: stack.namespace, matrix };
}

function forbidden(which: (flow: ExpectedFlow) => boolean): string[] {
  return expectedFlows()
    .filter((flow) => !flow.allowed && which(flow))
    .map((flow) => flowInWords(flow, 'open'))
    .sort();
}

function everywhere(): boolean {
  return true;
}

/** Whether an end of a flow is policed by a policy of its own: a component's pod, or one with its labels. */
function isComponent(end: string): boolean {
  return /^(as-|collector|query|agent|elasticsearch)/.test(end);
}

/** Sends one span in each of the agent's three forms. @returns the names of their services */
async function sendMarkers(from: ApplicationNamespace, job: string): Promise<string[]> {
  const { spans, log } = await sendSpans(from, job, outputs, ['udp-compact', 'udp-binary', 'udp-zipkin-compact']);
  expect([spans.size, log]).toEqual([3, expect.any(String)]);
  return [...spans.values()].map(({ service }) => service);
}
