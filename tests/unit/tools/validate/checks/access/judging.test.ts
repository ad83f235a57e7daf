import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { judgeAccount, judgePodAccount } from '../../../../../../tools/validate/checks/access/accountsClosed.ts';
import { judgeBindings, type FoundBinding } from '../../../../../../tools/validate/checks/access/bindingsAlone.ts';
import { judgeNamespace, judgePod } from '../../../../../../tools/validate/checks/access/podSecurityKept.ts';
import { rightsOf } from '../../../../../../tools/validate/checks/access/rights.ts';
import { judgeRole } from '../../../../../../tools/validate/checks/access/rolesDeclared.ts';
import type { DeclaredObject } from '../../../../../../tools/validate/declaredObject.ts';

const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }];
const role: DeclaredObject = {
  urn: 'urn:pulumi:dev::tracewright::kubernetes:rbac.authorization.k8s.io/v1:Role::x',
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  namespace: 'tracing',
  name: 'tracewright-viewer',
  manifest: { rules },
};
const secrets = { apiGroups: [''], resources: ['secrets'], verbs: ['list'] };

test.each<[string, object | undefined, readonly string[]]>([
  ['gives what it should', { rules }, ['gives what it should']],
  [
    'gives it in other words',
    { rules: rules.map((rule) => ({ ...rule, verbs: ['list', 'get'] })) },
    ['gives what it should'],
  ],
  ['gives more', { rules: [...rules, secrets] }, ['gives also: list secrets']],
  ['gives something else', { rules: [secrets] }, ['gives also: list secrets', 'does not give: get pods, list pods']],
  ['is missing', undefined, ['missing: its people may not even look']],
])('a role that %s is told so', (_, live, found) => {
  const judged = judgeRole(role, live);
  expect(judged.map((each) => each.found)).toEqual(found);
  expect(judged.every(({ outcome }) => (outcome === 'ok') === (found[0] === 'gives what it should'))).toBe(true);
});

test('a binding that binds somebody else, or to another role, is told so', () => {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'tracewright-viewer' };
  const subjects = [{ kind: 'User', name: 'ada' }];
  const binding = { ...role, kind: 'RoleBinding', manifest: { roleRef, subjects } };
  const found = (live: object) => judgeRole(binding, live).map((each) => each.found);
  expect(found({ roleRef, subjects })).toEqual(['binds whom it should']);
  expect(found({ roleRef, subjects: [...subjects, { kind: 'ServiceAccount', name: 'x', namespace: 'apps' }] })).toEqual(
    ['binds also: ServiceAccount apps/x to Role tracewright-viewer'],
  );
  expect(found({ roleRef: { ...roleRef, kind: 'ClusterRole', name: 'admin' }, subjects })).toEqual([
    'binds also: User ada to ClusterRole admin',
    'does not bind: User ada to Role tracewright-viewer',
  ]);
});

const judged = {
  namespaces: ['tracing'],
  accounts: [{ kind: 'ServiceAccount', namespace: 'tracing', name: 'jaeger-query' }],
  people: [
    { users: ['ada'], groups: ['developers'] },
    { users: [], groups: ['developers'] },
  ],
};
const wide = {
  kind: 'ClusterRoleBinding',
  name: 'x',
  roleRef: { kind: 'ClusterRole', name: 'view' },
  rights: new Set<string>(),
} as const;
const within = { ...wide, kind: 'RoleBinding', namespace: 'tracing' } as const;
const gives = 'ClusterRoleBinding x gives it ClusterRole view';
const givesWithin = 'RoleBinding tracing/x gives it ClusterRole view';

test.each<[string, Omit<FoundBinding, 'subjects'>, FoundBinding['subjects'][number], string, string, string]>([
  [
    'an account',
    wide,
    { kind: 'ServiceAccount', name: 'jaeger-query', namespace: 'tracing' },
    'failed',
    'ServiceAccount tracing/jaeger-query',
    gives,
  ],
  [
    'an account by its user',
    within,
    { kind: 'User', name: 'system:serviceaccount:tracing:jaeger-query' },
    'failed',
    'ServiceAccount tracing/jaeger-query',
    givesWithin,
  ],
  [
    'all accounts of the namespace',
    wide,
    { kind: 'Group', name: 'system:serviceaccounts:tracing' },
    'failed',
    'ServiceAccount tracing/jaeger-query',
    gives,
  ],
  [
    'a group in the namespace',
    within,
    { kind: 'Group', name: 'developers' },
    'failed',
    'Group developers',
    givesWithin,
  ],
  ['a group everywhere', wide, { kind: 'Group', name: 'developers' }, 'warning', 'Group developers', gives],
  ['a user in the namespace', within, { kind: 'User', name: 'ada' }, 'failed', 'User ada', givesWithin],
  [
    'everybody in the namespace',
    within,
    { kind: 'Group', name: 'system:authenticated' },
    'failed',
    'everybody in tracing',
    givesWithin,
  ],
  [
    'everybody everywhere',
    wide,
    { kind: 'Group', name: 'system:serviceaccounts' },
    'warning',
    'everybody in tracing',
    gives,
  ],
])('a binding of %s is named', (_, binding, bound, outcome, subject, found) => {
  const unsound = judgeBindings([{ ...binding, subjects: [bound] }], judged).filter((each) => each.outcome !== 'ok');
  expect(unsound).toMatchObject([{ outcome, subject, found }]);
});

test.each([
  [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }, 'failed'],
  [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, 'failed'],
  [{ apiGroups: ['apps'], resources: ['*'], verbs: ['patch'] }, 'failed'],
  [{ apiGroups: ['project.example'], resources: ['requests'], verbs: ['create'] }, 'warning'],
  [{ apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list', 'watch'] }, 'warning'],
])('everybody has a role of %o everywhere: %s', (rule, outcome) => {
  const subjects = [{ kind: 'Group', name: 'system:authenticated' }];
  const found = judgeBindings([{ ...wide, subjects, rights: rightsOf([rule]) }], judged);
  expect(found.find(({ subject }) => subject === 'everybody in tracing')).toMatchObject({ outcome });
});

test.each<[string, Omit<FoundBinding, 'subjects'>, FoundBinding['subjects'][number]]>([
  ['an account of the same name elsewhere', wide, { kind: 'ServiceAccount', name: 'jaeger-query', namespace: 'apps' }],
  ['a group elsewhere', { ...within, namespace: 'apps' }, { kind: 'Group', name: 'developers' }],
  ['a user of a group’s name', within, { kind: 'User', name: 'developers' }],
  [
    'everybody, to ask what they may',
    { ...wide, roleRef: { kind: 'ClusterRole', name: 'system:basic-user' } },
    { kind: 'Group', name: 'system:authenticated' },
  ],
])('a binding of %s is nothing to the stack', (_, binding, bound) => {
  const findings = judgeBindings([{ ...binding, subjects: [bound] }], judged);
  expect(findings.map(({ outcome, subject }) => `${outcome} ${subject}`)).toEqual([
    'ok ServiceAccount tracing/jaeger-query',
    'ok User ada',
    'ok Group developers',
    'ok everybody in tracing',
  ]);
});

test.each([
  [false, 'ok', 'automountServiceAccountToken: false'],
  [true, 'failed', 'automountServiceAccountToken: true'],
  [undefined, 'failed', 'automountServiceAccountToken: true, by default'],
])('an account that says %s of tokens is %s', (automount, outcome, found) => {
  const live = automount === undefined ? {} : { automountServiceAccountToken: automount };
  expect(judgeAccount('ServiceAccount tracing/a', live)).toMatchObject([{ outcome, found }]);
});

const pod = (spec: Partial<V1Pod['spec']>, own = true): V1Pod => ({
  metadata: { name: 'p', namespace: 'tracing', labels: own ? { 'app.kubernetes.io/part-of': 'tracewright' } : {} },
  spec: { containers: [{ name: 'main' }], serviceAccountName: 'a', ...spec },
});
const token = { volumes: [{ name: 'x', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] };
const mount = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: 'x' };

test.each<[string, V1Pod, string, string]>([
  ['with an account of its own', pod({}), 'ok', 'runs as a, and has no token'],
  ['of the default account', pod({ serviceAccountName: 'default' }), 'failed', 'it runs as the account default'],
  ['with a token', pod(token), 'failed', 'a token for the Kubernetes API is mounted into it'],
  [
    'with a token from a Secret',
    pod({ containers: [{ name: 'main', volumeMounts: [mount] }] }),
    'failed',
    'a token for the Kubernetes API is mounted into it',
  ],
  ['of a stranger, with a token', pod(token, false), 'warning', 'a token for the Kubernetes API is mounted into it'],
])('a pod %s is judged so', (_, judgedPod, outcome, found) => {
  expect(judgePodAccount(judgedPod)).toMatchObject([{ outcome, subject: 'Pod tracing/p', found }]);
});

const enforce = 'pod-security.kubernetes.io/enforce';
const warn = 'pod-security.kubernetes.io/warn';
const namespace: DeclaredObject = {
  ...role,
  kind: 'Namespace',
  name: 'tracing',
  manifest: { metadata: { labels: { [enforce]: 'restricted', [warn]: 'restricted', other: 'x' } } },
};

test.each<[string, Record<string, string>, readonly string[]]>([
  [
    'as declared',
    { [enforce]: 'restricted', [warn]: 'restricted' },
    [`ok ${enforce}: restricted`, `ok ${warn}: restricted`],
  ],
  [
    'weakened',
    { [enforce]: 'baseline' },
    [`failed ${enforce}: baseline: it lets in pods that the stack would have refused`, `warning no label ${warn}`],
  ],
  [
    'without a label',
    { [warn]: 'restricted' },
    [`failed no label ${enforce}: it lets in pods that the stack would have refused`, `ok ${warn}: restricted`],
  ],
])('a namespace whose labels are %s is judged so', (_, labels, found) => {
  const findings = judgeNamespace(namespace, { metadata: { name: 'tracing', labels } });
  expect(findings.map((each) => `${each.outcome} ${each.found}`)).toEqual(found);
});

const confined = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
};
const main = { name: 'main', securityContext: confined };
const restricted = (spec: Partial<V1Pod['spec']>): V1Pod => pod({ containers: [main], ...spec });
const agentPort = { containerPort: 6831, protocol: 'UDP', hostPort: 6831 };
const portFault = 'spec.containers[0].ports[0].hostPort is 6831 (UDP): it must not be set';

test.each<[string, V1Pod, string, string]>([
  ['that keeps to it', restricted({}), 'restricted', ''],
  ['with a port of its node', restricted({ containers: [{ ...main, ports: [agentPort] }] }), 'restricted', portFault],
  [
    'with a port of its node, where the stack says so',
    restricted({ containers: [{ ...main, ports: [agentPort] }] }),
    'privileged',
    '',
  ],
  ['in the IPC of its node, wherever', restricted({ hostIPC: true }), 'privileged', 'spec.hostIPC'],
  [
    'with all of /proc',
    restricted({ containers: [{ ...main, securityContext: { ...confined, procMount: 'Unmasked' } }] }),
    'restricted',
    'spec.containers[0].securityContext.procMount',
  ],
  [
    'with a sysctl',
    restricted({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
    'restricted',
    'spec.securityContext.sysctls[0].name',
  ],
  [
    'with a volume of another server',
    restricted({ volumes: [{ name: 'a', nfs: { server: 'files.example', path: '/' } }] }),
    'restricted',
    'spec.volumes[0]',
  ],
  [
    'with a container to look into it',
    restricted({ ephemeralContainers: [{ name: 'debugger' }] }),
    'restricted',
    'spec.ephemeralContainers[0].securityContext',
  ],
])('a pod %s is held to "restricted"', (_, judgedPod, level, fault) => {
  const { outcome, found } = judgePod(judgedPod, level);
  expect(outcome).toBe(fault === '' ? 'ok' : 'failed');
  expect(found).toContain(fault);
});
