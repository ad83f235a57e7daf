// @spec S1.8
import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { environmentDefaults, environments } from '../../infra/schema/environments.ts';
import { profiles } from '../../infra/schema/profiles.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { deleteNamespace } from '../../tools/kube/namespaces.ts';
import { npmRun } from '../support/commands.ts';
import { renderPassphrase, renderStack, type RenderedObject, type RenderedStack } from './support/renderedStack.ts';
import { createdSecretVariant, embeddedVariant, existingSecretsVariant, ownStack } from './support/stackVariants.ts';
import { submitStrictly, type Verdict } from './support/strictSubmission.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const applications = 'environments-applications';
const password = 'seeded-password-of-the-environments';
const namespaceOf = (stack: string): string => `environments-${stack}`;
const variants = {
  embedded: () => embeddedVariant(namespaceOf('embedded')),
  existing: () => existingSecretsVariant(namespaceOf('existing'), applications),
  created: () => createdSecretVariant('created', namespaceOf('created'), password),
};
const stacks = [...environments, ...Object.keys(variants)];
const rendered = new Map<string, RenderedStack>();
const madeNamespaces = new Set<string>();

beforeAll(async () => {
  const own = environments.map((stack) => [stack, () => ownStack(stack, namespaceOf(stack))] as const);
  const waiting = [...own, ...Object.entries(variants)];
  // Two engines at once: each waits as long as it works.
  const renderRest = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      rendered.set(next[0], await renderStack(next[0], await next[1]()));
  };
  await Promise.all([renderRest(), renderRest()]);
  await makeNamespace({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: applications } });
});
afterAll(async () => {
  await Promise.all([...madeNamespaces].map((name) => deleteNamespace(kube, name, () => undefined)));
});

test.each(stacks)('Kubernetes 1.34 takes every object of the stack "%s" without a warning', async (stack) => {
  const { objects } = renderedOf(stack);
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const verdicts: Verdict[] = [];
  for (const namespace of namespaces) verdicts.push(await makeNamespace(namespace));
  for (const object of objects.filter(({ kind }) => kind !== 'Namespace'))
    verdicts.push(await submitStrictly(kube, object, 'dry-run'));
  expect(verdicts.filter(({ status, warnings }) => status !== 201 || warnings.length > 0)).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(10);
});

test('one misspelt field would have been refused by its name', async () => {
  const broken = structuredClone(objectOf('dev', 'Deployment', 'jaeger-collector')) as {
    spec: { template: { spec: { containers: Record<string, unknown>[] } } };
  } & RenderedObject;
  Object.assign(broken.spec.template.spec.containers[0] ?? {}, { imagePullPolicies: 'Always' });
  const { status, refusal } = await submitStrictly(kube, broken, 'dry-run');
  expect([status, refusal]).toEqual([
    400,
    expect.stringContaining('unknown field "spec.template.spec.containers[0].imagePullPolicies"'),
  ]);
});

test('nothing of what was checked has come to be', async () => {
  const namespace = namespaceOf('dev');
  const [deployments, services] = await Promise.all([
    kube.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace }),
    kube.makeApiClient(CoreV1Api).listNamespacedService({ namespace }),
  ]);
  expect([...deployments.items, ...services.items]).toEqual([]);
});

test('with every part switched on, each has its object', () => {
  const kinds = (stack: string): string[] => renderedOf(stack).objects.map(describe).sort();
  expect(kinds('existing')).toEqual(
    expect.arrayContaining([
      'ConfigMap environments-applications/tracewright-environment',
      'ConfigMap environments-existing/jaeger-elasticsearch-ca',
      'DaemonSet environments-existing-agent/jaeger-agent',
      'Deployment environments-existing/oauth2-proxy',
      'HorizontalPodAutoscaler environments-existing/jaeger-collector',
      'Ingress environments-existing/jaeger-query',
      'Job environments-existing/network-policy-check',
      'Namespace environments-existing-agent',
      'NetworkPolicy environments-existing-agent/default-deny',
      'NetworkPolicy environments-existing-agent/jaeger-agent',
      'NetworkPolicy environments-existing/default-deny',
      'NetworkPolicy environments-existing/oauth2-proxy',
      'PodDisruptionBudget environments-existing/jaeger-query',
      'RoleBinding environments-existing-agent/tracewright-operator',
      'RoleBinding environments-existing/tracewright-viewer',
    ]),
  );
  expect(kinds('existing').filter((kind) => kind.startsWith('Secret'))).toEqual([]);
  expect(kinds('created').filter((kind) => kind.startsWith('Secret'))).toEqual([
    'Secret environments-created/jaeger-elasticsearch',
  ]);
  expect(kinds('embedded')).toEqual(
    expect.arrayContaining([
      'StatefulSet environments-embedded/elasticsearch',
      'Ingress environments-embedded/jaeger-query',
      'NetworkPolicy environments-embedded/elasticsearch',
    ]),
  );
  // The one says that its network enforces nothing, and is not tried; the other brings a priority class of its own.
  expect(kinds('embedded')).not.toContain('Job environments-embedded/network-policy-check');
  expect(kinds('existing').filter((kind) => kind.startsWith('PriorityClass'))).toEqual([]);
});

test.each(environments)('%s has the replicas, the sizes and the retention that it promises', (environment) => {
  const { profile, replicas, retentionDays } = environmentDefaults[environment];
  const { collector, queueSize } = profiles[profile];
  const deployment = workloadOf(environment, 'Deployment', 'jaeger-collector');
  expect([deployment.replicas, workloadOf(environment, 'Deployment', 'jaeger-query').replicas]).toEqual([
    replicas.collector,
    replicas.query,
  ]);
  expect(deployment.environment).toMatchObject({
    COLLECTOR_QUEUE_SIZE: String(queueSize),
    ES_MAX_SPAN_AGE: `${retentionDays * 24}h`,
  });
  expect(quantities(deployment.resources)).toEqual({
    requests: collector.requests,
    limits: collector.limits,
  });
});

test('dev, staging and prod differ in replicas, retention, sizes and protection', () => {
  const figures = environments.map((environment) => {
    const { replicas, environment: variables, resources } = workloadOf(environment, 'Deployment', 'jaeger-collector');
    return [environment, replicas, variables['ES_MAX_SPAN_AGE'], quantities(resources).limits.memoryMebibytes];
  });
  expect(figures).toEqual([
    ['dev', 2, '48h', 512],
    ['staging', 2, '168h', 1024],
    ['prod', 3, '336h', 2048],
  ]);
  expect(environments.map((environment) => renderedOf(environment).protectedResources)).toEqual([
    [],
    ['kubernetes:apps/v1:StatefulSet::tracing-elasticsearch', 'kubernetes:core/v1:Namespace::tracing'],
    ['kubernetes:core/v1:Namespace::tracing'],
  ]);
});

test('the preview of prod needs neither a cluster nor a passphrase', async () => {
  const env = { PULUMI_CONFIG_PASSPHRASE: undefined, PULUMI_CONFIG_PASSPHRASE_FILE: undefined };
  const result = await npmRun('preview', ['--stack', 'prod', '--cluster', 'environments-none'], { env });
  expect([result.exitCode, result.stdout + result.stderr]).toEqual([0, expect.stringMatching(/\d+ to create/)]);
});

test('the preview of a stack with a password does not show it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-environments-'));
  try {
    const file = join(directory, 'Pulumi.created.yaml');
    await writeFile(file, stringify(await variants.created()));
    const args = ['--stack', 'created', '--config-file', file, '--cluster', 'environments-none'];
    const result = await npmRun('preview', args, { env: { PULUMI_CONFIG_PASSPHRASE: renderPassphrase } });
    const output = result.stdout + result.stderr;
    expect([result.exitCode, output]).toEqual([0, expect.stringContaining('core/v1:Secret')]);
    expect(output).not.toContain(password);
    expect(output).not.toContain(Buffer.from(password).toString('base64'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

/** Makes a namespace that later objects are checked in. */
async function makeNamespace(namespace: RenderedObject): Promise<Verdict> {
  const { name } = namespace.metadata;
  await deleteNamespace(kube, name, () => undefined);
  madeNamespaces.add(name);
  return submitStrictly(kube, namespace, 'create');
}

function renderedOf(stack: string): RenderedStack {
  const found = rendered.get(stack);
  if (found === undefined) throw new Error(`the stack ${stack} was not rendered`);
  return found;
}

function objectOf(stack: string, kind: string, name: string): RenderedObject {
  const found = renderedOf(stack).objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`the stack ${stack} has no ${kind} ${name}`);
  return found;
}

interface Amounts {
  readonly cpu: string;
  readonly memory: string;
}

interface Resources {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What is looked at in a Deployment. */
function workloadOf(stack: string, kind: string, name: string) {
  const { spec } = objectOf(stack, kind, name) as {
    spec: {
      replicas: number;
      template: { spec: { containers: { env: { name: string; value?: string }[]; resources: Resources }[] } };
    };
  };
  const [container = { env: [], resources: undefined }] = spec.template.spec.containers;
  const variables = Object.fromEntries(container.env.map(({ name: variable, value }) => [variable, value]));
  return { replicas: spec.replicas, environment: variables, resources: container.resources };
}

function quantities(resources: Resources | undefined) {
  const amounts = (of: Amounts | undefined) => ({
    cpuMillicores: Number(/^(\d+)m$/.exec(of?.cpu ?? '')?.[1] ?? Number(of?.cpu) * 1000),
    memoryMebibytes: memoryMebibytes(of?.memory ?? ''),
  });
  return { requests: amounts(resources?.requests), limits: amounts(resources?.limits) };
}

function memoryMebibytes(quantity: string): number {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  return Number(amount) * (unit === 'Gi' ? 1024 : 1);
}

function describe({ kind, metadata: { name, namespace } }: RenderedObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
