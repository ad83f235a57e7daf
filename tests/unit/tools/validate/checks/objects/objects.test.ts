import { ApiException, KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { DeclaredObject } from '../../../../../../tools/validate/declaredObject.ts';
import { judgeCronJob, judgeJob } from '../../../../../../tools/validate/checks/objects/jobsSucceed.ts';
import { judgeUndeclared, objectsDeclared } from '../../../../../../tools/validate/checks/objects/objectsDeclared.ts';
import { judgeOwner } from '../../../../../../tools/validate/checks/objects/objectsOwned.ts';
import { objectsPresent } from '../../../../../../tools/validate/checks/objects/objectsPresent.ts';
import { judgeClaim } from '../../../../../../tools/validate/checks/objects/volumesBound.ts';
import { fakeDeployment } from '../../support/fakeDeployment.ts';

const object: DeclaredObject = {
  urn: 'urn:pulumi:dev::tracewright::kubernetes:core/v1:Service::jaeger-query',
  apiVersion: 'v1',
  kind: 'Service',
  namespace: 'tracing',
  name: 'jaeger-query',
  manifest: {},
};
const subject = 'Service tracing/jaeger-query';
const madeBy = (...managers: readonly string[]) => ({
  kind: 'Service',
  metadata: { name: 'jaeger-query', managedFields: managers.map((manager) => ({ manager, operation: 'Apply' })) },
});
const ours = new Map([['tracing', 'dev']]);

test.each<[string, readonly string[], ReadonlyMap<string, string | undefined>, string, string]>([
  ['of this stack', ['pulumi-kubernetes-1'], ours, 'ok', 'made by stack dev'],
  ['made anew by hand', ['kubectl-create'], ours, 'failed', 'made by kubectl-create, and by no Pulumi stack'],
  ['made by nobody', [], ours, 'failed', 'made by nobody that is known, and by no Pulumi stack'],
  [
    "in another stack's namespace",
    ['pulumi-kubernetes-1'],
    new Map([['tracing', 'prod']]),
    'failed',
    'the label tracewright.dev/stack of namespace tracing says that it belongs to stack prod',
  ],
  [
    'in a namespace without its label',
    ['pulumi-kubernetes-1'],
    new Map([['tracing', undefined]]),
    'failed',
    'the label tracewright.dev/stack of namespace tracing is gone',
  ],
  [
    'of two stacks',
    ['pulumi-kubernetes-1', 'pulumi-kubernetes-2'],
    ours,
    'warning',
    'fields of it are held by 2 Pulumi stacks, or by one whose state was made anew',
  ],
  [
    'applied and updated by one provider',
    ['pulumi-kubernetes-1', 'pulumi-kubernetes-1'],
    ours,
    'ok',
    'made by stack dev',
  ],
])('an object that is %s is judged so', (_, managers, owners, outcome, found) => {
  expect(judgeOwner(object, madeBy(...managers), 'dev', 'tracing', owners)).toMatchObject({ outcome, subject, found });
});

const policy = (name: string, spec: object) => ({
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'tracing', managedFields: [{ manager: 'kubectl-create' }] },
  spec,
});

test('a policy that nobody has declared fails where it lets something through, and warns where it does not', () => {
  const items = [
    policy('allow-all', { podSelector: {}, ingress: [{}], egress: [{}] }),
    policy('deny-more', { podSelector: {}, policyTypes: ['Ingress'] }),
  ];
  expect(judgeUndeclared('every NetworkPolicy in namespace tracing', items, [object])).toMatchObject([
    {
      outcome: 'failed',
      subject: 'NetworkPolicy tracing/allow-all',
      found:
        'not declared, made by kubectl-create; since policies add up, it opens the way in and the way out beyond what the stack says',
    },
    { outcome: 'warning', subject: 'NetworkPolicy tracing/deny-more', found: 'not declared, made by kubectl-create' },
  ]);
});

test('what is declared, and what a controller has made of something else, is known', () => {
  const items = [
    { kind: 'Service', metadata: { name: 'jaeger-query', namespace: 'tracing' } },
    {
      kind: 'Service',
      metadata: {
        name: 'x',
        namespace: 'tracing',
        ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }],
      },
    },
  ];
  expect(judgeUndeclared('every Service in namespace tracing', items, [object])).toEqual([
    {
      outcome: 'ok',
      subject: 'every Service in namespace tracing',
      expected: 'declared by the stack',
      found: '2, declared by the stack',
    },
  ]);
});

test.each([
  ['Bound', 'ok', 'bound (5Gi)'],
  ['Pending', 'failed', 'Pending'],
  ['Lost', 'failed', 'lost: its volume pvc-1 is gone'],
])('a claim that is %s is judged so', (phase, outcome, found) => {
  const claim = {
    metadata: { name: 'data-elasticsearch-0', namespace: 'tracing' },
    spec: { resources: { requests: { storage: '5Gi' } }, volumeName: 'pvc-1' },
    status: { phase },
  };
  const subjectOfClaim = 'PersistentVolumeClaim tracing/data-elasticsearch-0';
  expect(judgeClaim(claim)).toMatchObject({ outcome, subject: subjectOfClaim, expected: 'bound (5Gi)', found });
});

const cleaner = {
  metadata: {
    name: 'jaeger-index-cleaner',
    namespace: 'tracing',
    creationTimestamp: new Date('2026-11-28T00:00:00Z'),
  },
  spec: { schedule: '55 23 * * *' },
};
const now = Date.parse('2026-11-29T12:00:00Z');
const since = (lastSuccessfulTime: string, schedule = cleaner.spec.schedule) => ({
  spec: { schedule },
  status: { lastSuccessfulTime: new Date(lastSuccessfulTime) },
});
const failed = {
  namespace: 'tracing',
  kind: 'CronJob' as const,
  name: 'jaeger-index-cleaner',
  problem: 'its last run failed at 2026-11-29T00:00:00Z: no route',
};

test.each([
  ['before its first time', {}, undefined, 'ok', 'its first time has not come yet'],
  [
    'after a run',
    { status: { lastSuccessfulTime: new Date('2026-11-28T23:55:04.000Z') } },
    undefined,
    'ok',
    'last run with success at 2026-11-28T23:55:04Z',
  ],
  ['after a run that failed', {}, failed, 'failed', failed.problem],
  [
    'that is run no longer',
    since('2026-11-27T11:59:59Z'),
    undefined,
    'warning',
    'last run with success at 2026-11-27T11:59:59Z',
  ],
  [
    'that was never run',
    { metadata: { ...cleaner.metadata, creationTimestamp: new Date('2026-11-27T00:00:00Z') } },
    undefined,
    'warning',
    'never run with success since it was made at 2026-11-27T00:00:00Z',
  ],
  [
    'of Sundays',
    since('2026-11-22T11:00:00Z', '0 11 * * 0'),
    undefined,
    'ok',
    'last run with success at 2026-11-22T11:00:00Z',
  ],
  [
    'of Sundays that was left out',
    since('2026-11-15T11:00:00Z', '0 11 * * 0'),
    undefined,
    'warning',
    'last run with success at 2026-11-15T11:00:00Z',
  ],
  [
    'of the 31st',
    since('2026-10-31T11:00:00Z', '0 11 31 * *'),
    undefined,
    'ok',
    'last run with success at 2026-10-31T11:00:00Z',
  ],
  ['suspended', { spec: { ...cleaner.spec, suspend: true } }, failed, 'failed', 'suspended: it is never run'],
])('a CronJob %s is judged so', (_, change, problem, outcome, found) => {
  expect(judgeCronJob({ ...cleaner, ...change }, problem, now)).toMatchObject({
    outcome,
    subject: 'CronJob tracing/jaeger-index-cleaner',
    found,
  });
});

test.each([
  ['has succeeded', [{ type: 'Complete', status: 'True' }], 'ok', 'it has succeeded'],
  ['still runs', [], 'warning', 'it has not ended yet'],
])('a Job that %s is judged so', (_, conditions, outcome, found) => {
  const job = { metadata: { name: 'network-policy-check', namespace: 'tracing' }, status: { conditions } };
  expect(judgeJob(job, undefined)).toMatchObject({ outcome, subject: 'Job tracing/network-policy-check', found });
});

test('an object that may not be read is told as such, and the others are judged', async () => {
  const refused = new ApiException(403, 'Forbidden', JSON.stringify({ message: 'secrets is forbidden' }), {});
  const secret = { ...object, apiVersion: 'v1', kind: 'Secret', name: 'password' };
  const deployment = fakeDeployment({
    declared: () => Promise.resolve([secret, object]),
    live: ({ kind }) => (kind === 'Secret' ? Promise.reject(refused) : Promise.resolve(undefined)),
  });
  const { signal } = new AbortController();
  expect(await objectsPresent.run({ deployment, signal })).toMatchObject([
    {
      outcome: 'unchecked',
      subject: 'Secret tracing/password',
      found: 'the API server refuses it (403): secrets is forbidden',
    },
    { outcome: 'failed', subject, found: 'missing' },
  ]);
});

test('pods and sets of pods that nobody has declared are looked for, since Services lead to them by their labels', async () => {
  const kube = new KubeConfig();
  // Nobody answers there: each kind is told as one that could not be looked through.
  kube.loadFromClusterAndUser({ name: 'none', server: 'http://127.0.0.1:1', skipTLSVerify: false }, { name: 'nobody' });
  const deployment = fakeDeployment({
    kube: () => Promise.resolve(kube),
    namespaces: () => Promise.resolve(['tracing']),
    declared: () => Promise.resolve([object]),
  });
  const found = await objectsDeclared.run({ deployment, signal: new AbortController().signal });
  const subjects = found.map(({ subject: of }) => of);
  expect(subjects).toContain('every Pod in namespace tracing');
  expect(subjects).toContain('every ReplicaSet in namespace tracing');
});
