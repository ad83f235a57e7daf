// @spec S1.7
import {
  CoreV1Api,
  RbacAuthorizationV1Api,
  type RbacV1Subject,
  type V1Pod,
  type V1PolicyRule,
} from '@kubernetes/client-node';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { clustersDirectory, createClusterIdentity } from '../../tools/cluster/clusterIdentity.ts';
import { clusterProcessIds } from '../../tools/cluster/clusterMemory.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readProc } from '../../tools/process/processIdentity.ts';
import { checkout, testCluster } from '../support/commands.ts';
import { accountSubject, judgedSubjects, runAccessMatrix, serviceAccounts } from './support/attack/accessMatrix.ts';
import { ApiClient, type ApiRequest, type Subject } from '../../tools/kube/apiClient.ts';
import { attackSettings, createAttackNamespaces } from './support/attack/attackNamespaces.ts';
import { attackInWords } from './support/attack/attackResult.ts';
import { escalations, rightsOfOperators, rightsOfViewers } from './support/attack/expectedRights.ts';
import { removeAccess } from './support/attack/removedAccess.ts';
import { listPods } from './support/namespacePods.ts';
import { TestStack } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);
const resources = new AsyncDisposableStack();
let stack: TestStack;

beforeAll(async () => {
  const storage = { kind: 'embedded', heapMebibytes: 256, volumeGibibytes: 1 };
  stack = await TestStack.create('access', { config: { environment: 'dev', storage, ...attackSettings } });
  resources.use(await createAttackNamespaces(kube, stack.namespace));
  resources.use(stack);
  await stack.up();
});
afterAll(() => resources.disposeAsync());

test('of all that the API server offers, everybody may what they need, and nothing else', async () => {
  const result = await runAccessMatrix({ kube, namespace: stack.namespace });
  console.info(`access: ${attackInWords(result)}`);
  expect(result.wrong).toEqual([]);
  expect(result.forbidden).toBeGreaterThan(10_000);
});

test('every component has an account of its own', async () => {
  expect(await serviceAccounts(kube, stack.namespace)).toEqual([
    'default',
    'elasticsearch',
    'jaeger-agent',
    'jaeger-collector',
    'jaeger-index-cleaner',
    'jaeger-query',
    'network-policy-check',
  ]);
});

test('neither role holds a way to more: Secrets, processes, changes, other identities', () => {
  const given = new Set([...rightsOfViewers, ...rightsOfOperators]);
  expect(escalations.filter((right) => given.has(right))).toEqual([]);
});

test.each([
  ['Role', 'tracewright-viewer', ['viewer', 'member of viewers']],
  ['RoleBinding', 'tracewright-viewer', ['viewer', 'member of viewers']],
  ['Role', 'tracewright-operator', ['operator', 'member of operators']],
  ['RoleBinding', 'tracewright-operator', ['operator', 'member of operators']],
] as const)('without the %s %s its people may nothing, and nobody else loses anything', async (kind, name, losers) => {
  const { namespace } = stack;
  const subjects = (await judgedSubjects(kube, namespace)).filter(({ rights }) => rights.length > 0);
  // What the roles give and what they must not; all that the API server offers was asked for above.
  const options = { kube, namespace, subjects, rights: [...rightsOfOperators, ...escalations] };
  const lost = subjects
    .filter((subject) => losers.some((loser) => loser === subject.name))
    .flatMap((subject) => subject.rights.map((right) => `${subject.name} may not ${right} in ${namespace}`));
  {
    await using _removed = await removeAccess(kube, namespace, kind, name);
    const wrong = await wrongUntil(options, (cells) => cells.length === lost.length);
    console.info(`without ${kind} ${name}: ${wrong.length} cells wrong, such as ${wrong[0] ?? 'none'}`);
    expect(wrong).toEqual(lost.sort());
  }
  expect(await wrongUntil(options, (cells) => cells.length === 0)).toEqual([]);
});

test('one right too many is found', async () => {
  const { namespace } = stack;
  const collector = (await judgedSubjects(kube, namespace)).filter(({ name }) => name === 'account jaeger-collector');
  await using _right = await giveRight('too-many', {
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
    subjects: [{ kind: 'ServiceAccount', name: 'jaeger-collector', namespace }],
  });
  const wrong = await wrongUntil({ kube, namespace, subjects: collector }, (cells) => cells.length > 0);
  expect(wrong).toEqual([`account jaeger-collector may get secrets in ${namespace}`]);
});

/** A Role and its binding, for as long as it is held. */
async function giveRight(
  name: string,
  { rules, subjects }: { readonly rules: V1PolicyRule[]; readonly subjects: RbacV1Subject[] },
): Promise<AsyncDisposable> {
  const rbac = kube.makeApiClient(RbacAuthorizationV1Api);
  const { namespace } = stack;
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
  await using made = new AsyncDisposableStack();
  await rbac.createNamespacedRole({ namespace, body: { metadata: { name }, rules } });
  made.defer(async () => {
    await rbac.deleteNamespacedRole({ namespace, name });
  });
  await rbac.createNamespacedRoleBinding({ namespace, body: { metadata: { name }, roleRef, subjects } });
  made.defer(async () => {
    await rbac.deleteNamespacedRoleBinding({ namespace, name });
  });
  return made.move();
}

/** The API server judges by what it has heard of roles, a moment after they have changed: it is asked until it has, or for a while. */
async function wrongUntil(
  options: Parameters<typeof runAccessMatrix>[0],
  settled: (wrong: readonly string[]) => boolean,
): Promise<readonly string[]> {
  for (const deadline = Date.now() + 15_000; ; await sleep(500)) {
    const { wrong } = await runAccessMatrix(options);
    if (settled(wrong) || Date.now() > deadline) return wrong;
  }
}

const viewers: Subject = { user: 'member', groups: ['attack-viewers', 'system:authenticated'] };
const operators: Subject = { user: 'member', groups: ['attack-operators', 'system:authenticated'] };
const somebody: Subject = { user: 'somebody', groups: ['system:authenticated'] };

test('what people really try succeeds or is refused as it should', async () => {
  const { query, collection } = await paths();
  const exec = '/exec?command=sh&stdout=true';
  const forward = '/portforward?ports=16686';
  const scale = `/apis/apps/v1/namespaces/${stack.namespace}/deployments/jaeger-query`;
  const dryRun = '?dryRun=All';
  const attempts: readonly (readonly [who: Subject, what: ApiRequest, status: number])[] = [
    [viewers, { path: collection('pods') }, 200],
    [viewers, { path: `${query}/log` }, 200],
    [viewers, { path: collection('secrets') }, 403],
    [viewers, { method: 'DELETE', path: `${query}${dryRun}` }, 403],
    [viewers, { path: `${query}${exec}`, upgrade: true }, 403],
    [viewers, { path: `${query}${forward}`, upgrade: true }, 403],
    [operators, { path: collection('secrets') }, 403],
    [operators, { method: 'DELETE', path: `${query}${dryRun}` }, 200],
    [operators, { method: 'POST', path: `${query}/eviction`, body: eviction(query) }, 201],
    [operators, { path: `${query}${forward}`, upgrade: true }, 101],
    [operators, { path: `${query}${exec}`, upgrade: true }, 403],
    [operators, { method: 'POST', path: `${query}${exec}` }, 403],
    [operators, { method: 'PATCH', path: `${scale}/scale${dryRun}`, body: { spec: { replicas: 2 } } }, 200],
    [operators, { method: 'PATCH', path: `${scale}${dryRun}`, body: { spec: { replicas: 2 } } }, 403],
    [operators, { method: 'POST', path: collection('pods'), body: pod({}) }, 403],
    [operators, { method: 'POST', path: `${collection('serviceaccounts')}/jaeger-query/token`, body: {} }, 403],
    [operators, { path: '/api/v1/namespaces/kube-system/pods' }, 403],
    [somebody, { path: collection('pods') }, 403],
    [somebody, { path: `/api/v1/namespaces/${stack.namespace}` }, 403],
  ];
  const answers = await Promise.all(
    attempts.map(async ([who, what]) => (await new ApiClient(kube, who).ask(what)).status),
  );
  const inWords = ([who, { method = 'GET', path }]: (typeof attempts)[number], status: number) =>
    `${who.groups[0] ?? ''} ${method} ${path}: ${status}`;
  expect(attempts.map((attempt, index) => inWords(attempt, answers[index] ?? 0))).toEqual(
    attempts.map((attempt) => inWords(attempt, attempt[2])),
  );
});

test("a component's account with a real token is let in, and may nothing", async () => {
  const { namespace } = stack;
  const { status } = await core.createNamespacedServiceAccountToken({
    namespace,
    name: 'jaeger-collector',
    body: { spec: { audiences: [] } },
  });
  const asAccount = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
  const cluster = asAccount.getCurrentCluster();
  if (cluster === null) throw new Error('the kubeconfig names no cluster');
  asAccount.loadFromClusterAndUser(cluster, { name: 'account', token: status?.token ?? '' });
  const api = new ApiClient(asAccount);
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const { body } = await api.ask({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: review,
  });
  expect(body).toContain(accountSubject(namespace, 'jaeger-collector').user);
  const { collection } = await paths();
  for (const kind of ['pods', 'secrets', 'configmaps'])
    expect((await api.ask({ path: collection(kind) })).status).toBe(403);
});

test('no pod has a token: not in its volumes, and not in the file system that its process sees', async () => {
  const pods = await listPods(kube, stack.namespace);
  expect(pods.length).toBeGreaterThan(3);
  expect(pods.filter(holdsToken)).toEqual([]);
  const { cgroupName } = createClusterIdentity(testCluster, checkout, clustersDirectory(process.env));
  const seesToken = (program: string): boolean[] =>
    clusterProcessIds(cgroupName)
      .filter((pid) => readProc(`/proc/${pid}/comm`)?.trim() === program)
      .map((pid) => existsSync(`/proc/${pid}/root/var/run/secrets/kubernetes.io/serviceaccount/token`));
  for (const program of ['agent-linux', 'collector-linux', 'query-linux', 'java']) {
    const found = seesToken(program);
    expect([program, found.length > 0, found.includes(true)]).toEqual([program, true, false]);
  }
  // A program that has one shows that it would be seen.
  expect(seesToken('coredns')).toContain(true);
});

test.each([
  ['privileged', { containers: [{ securityContext: { privileged: true } }] }, /privileged/],
  ['on the network of its node', { hostNetwork: true }, /hostNetwork|host namespaces/],
  ['as root', { containers: [{ securityContext: { runAsUser: 0 } }] }, /runAsUser=0/],
  [
    'with a capability',
    { containers: [{ securityContext: { capabilities: { add: ['NET_ADMIN'] } } }] },
    /capabilities/,
  ],
  ['with a directory of its node', { volumes: [{ name: 'host', hostPath: { path: '/' } }] }, /hostPath/],
  ['with a port of its node', { containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] }, /hostPort/],
] as const)('the namespace refuses a pod %s, even from an administrator', async (_what, change, words) => {
  const path = `/api/v1/namespaces/${stack.namespace}/pods?dryRun=All`;
  const api = new ApiClient(kube);
  const { status, body } = await api.ask({ method: 'POST', path, body: pod(change) });
  expect([status, body]).toEqual([403, expect.stringContaining('violates PodSecurity \\"restricted')]);
  expect(body).toMatch(words);
  // The same pod without that is taken.
  expect((await api.ask({ method: 'POST', path, body: pod({}) })).status).toBe(201);
});

interface Paths {
  /** A pod of the query service. */
  readonly query: string;
  readonly collection: (kind: string) => string;
}

async function paths(): Promise<Paths> {
  const pods = await listPods(kube, stack.namespace);
  const query = pods.find(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === 'jaeger-query');
  const collection = (kind: string): string => `/api/v1/namespaces/${stack.namespace}/${kind}`;
  return { query: `${collection('pods')}/${query?.metadata?.name ?? ''}`, collection };
}

function eviction(podPath: string) {
  const name = podPath.slice(podPath.lastIndexOf('/') + 1);
  return {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace: stack.namespace },
    deleteOptions: { dryRun: ['All'] },
  };
}

interface PodChange {
  readonly hostNetwork?: boolean;
  readonly containers?: readonly [Readonly<Record<string, unknown>>];
  readonly volumes?: readonly unknown[];
}

/** A pod that keeps to "restricted" but for what is changed. */
function pod({ containers: [container] = [{}], ...spec }: PodChange) {
  const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const own = (container['securityContext'] ?? {}) as Readonly<Record<string, unknown>>;
  const securityContext = own['privileged'] === true ? own : { ...security, ...own };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'tried' },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
      ...spec,
      containers: [{ name: 'main', image: 'tracewright/none:test', ...container, securityContext }],
    },
  };
}

function holdsToken({ spec }: V1Pod): boolean {
  const volumes = spec?.volumes ?? [];
  return volumes.some(({ projected }) =>
    projected?.sources?.some((source) => source.serviceAccountToken !== undefined),
  );
}
