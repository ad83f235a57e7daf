// @spec S1.7 S6.1
import { CoreV1Api, type KubernetesObject } from '@kubernetes/client-node';
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { isRecord } from '../../tools/values/isRecord.ts';
import { forwardPort } from '../../tools/kube/forwardPort.ts';
import { readTrace } from '../../tools/up/readTrace.ts';
import { requestExample } from '../../tools/up/traceRequest.ts';
import { checkout, testCluster } from '../support/commands.ts';
import { addObject, editObject, removeObject, type ObjectReference } from '../support/validate/changedObject.ts';
import { findingsIn, validateStack, type ValidateReport } from '../support/validate/validateStack.ts';
import { secondsUntil } from './support/statusOf.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const namespace = 'tracing';
const rbac = 'rbac.authorization.k8s.io';
const viewer: ObjectReference = { apiVersion: `${rbac}/v1`, kind: 'Role', namespace, name: 'tracewright-viewer' };
const agentPolicy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name: 'jaeger-agent' };
const args = ['--active', '--only', 'access', '--only', 'network'];

function validate(): Promise<ValidateReport> {
  return validateStack({ checkout, cluster: testCluster, name: 'dev', namespace }, args);
}

/** Namespaces of a check that are there, and not on their way out. */
async function leftNamespaces(): Promise<readonly string[]> {
  const labelSelector = 'app.kubernetes.io/managed-by=tracewright-validate';
  const { items } = await kube.makeApiClient(CoreV1Api).listNamespace({ labelSelector });
  return items.filter(({ status }) => status?.phase !== 'Terminating').map(({ metadata }) => metadata?.name ?? '');
}

/** Whether a trace of the example, which sends to the agent, arrives whole. */
async function agentDelivers(): Promise<{ done: boolean; seen: unknown }> {
  try {
    const sent = await requestExample(kube, () => undefined);
    await using query = await forwardPort(kube, { namespace, service: 'jaeger-query', podPort: 16_686 });
    const url = `http://127.0.0.1:${query.port}`;
    const seen = await readTrace(url, sent.traceId, sent.spanCount, 5, () => undefined);
    return { done: true, seen };
  } catch (error) {
    return { done: false, seen: String(error) };
  }
}

test('on a sound stack, each flow and each right is tried and well, and nothing is left', async () => {
  const { results, outcome: worst } = await validate();
  expect(results.map(({ check, outcome }) => ({ check, outcome }))).toEqual(
    [
      'roles-declared',
      'bindings-alone',
      'accounts-closed',
      'pod-security-kept',
      'access-tried',
      'policies-declared',
      'policies-alone',
      'policies-enforced',
      'flows-tried',
    ].map((check) => ({ check, outcome: 'ok' })),
  );
  const flows = results.find(({ check }) => check === 'flows-tried')?.findings ?? [];
  expect(flows.filter(({ expected }) => expected === 'open').map(({ subject }) => subject)).toEqual([
    'application → agent:5778',
    'application → collector:14250',
    'application → collector:14268',
    'application → collector:4317',
    'application → collector:4318',
    'application → collector:9411',
    'policy check → collector:14250',
  ]);
  expect(flows.filter(({ expected }) => expected === 'refused').length).toBeGreaterThan(40);
  expect(worst).toBe('ok');
  expect(await leftNamespaces()).toEqual([]);
});

test('a policy that is deleted, one that lets more through, a role and a binding that give more are each named', async () => {
  await using undone = new AsyncDisposableStack();
  undone.defer(await removeObject(kube, agentPolicy));
  undone.defer(await addObject(kube, generous));
  undone.defer(await editObject(kube, viewer, (role) => ({ ...role, rules: [...rulesOf(role), secrets] })));
  undone.defer(await addObject(kube, bound));
  const report = await validate();
  const wrong = findingsIn(report, 'failed');
  expect(wrong).toEqual(
    expect.arrayContaining([
      'roles-declared: Role tracing/tracewright-viewer: gives also: list secrets',
      'bindings-alone: ServiceAccount tracing/jaeger-query: RoleBinding tracing/too-many gives it Role tracewright-viewer',
      'access-tried: ServiceAccount tracing/jaeger-query: list secrets in tracing: allowed (200)',
      'policies-declared: NetworkPolicy tracing/jaeger-agent: missing: all that it lets through is refused',
      'policies-alone: NetworkPolicy tracing/generous: not declared, made by kubectl-edit; since policies add up, it opens the way in beyond what the stack says',
      'flows-tried: stranger → query:16685: open, as stranger → Kubernetes API is',
    ]),
  );
  expect(wrong.filter((each) => each.startsWith('flows-tried: application → agent:5778: refused'))).toHaveLength(1);
  expect(wrong.filter((each) => /^flows-tried: stranger → (?!query:16685)/.test(each))).toEqual([]);
  expect(report.outcome).toBe('failed');
  expect(await leftNamespaces()).toEqual([]);
  await undone.disposeAsync();
  // The agent, cut off for a while, tries its collectors again at growing intervals: what comes after this file needs it.
  await secondsUntil('a trace through the agent', agentDelivers, 120);
});

const secrets = { apiGroups: [''], resources: ['secrets'], verbs: ['list'] };

function rulesOf(role: object): readonly unknown[] {
  const rules: unknown = isRecord(role) ? role['rules'] : undefined;
  return Array.isArray(rules) ? rules : [];
}

const generous: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name: 'generous' },
  ...{
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'jaeger-query' } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 16_685, protocol: 'TCP' }] }],
    },
  },
};

const bound: KubernetesObject = {
  apiVersion: `${rbac}/v1`,
  kind: 'RoleBinding',
  metadata: { namespace, name: 'too-many' },
  ...{
    roleRef: { apiGroup: rbac, kind: 'Role', name: 'tracewright-viewer' },
    subjects: [{ kind: 'ServiceAccount', name: 'jaeger-query', namespace }],
  },
};
