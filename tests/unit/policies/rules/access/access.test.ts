import { describe, expect, it } from 'vitest';
import { accessRules } from '../../../../../policies/rules/access/accessRules.ts';
import { anonymousSubjects } from '../../../../../policies/rules/access/anonymousSubjects.ts';
import { clusterAdmin } from '../../../../../policies/rules/access/clusterAdmin.ts';
import { defaultServiceAccountBinding } from '../../../../../policies/rules/access/defaultServiceAccountBinding.ts';
import { rbacClusterSecrets } from '../../../../../policies/rules/access/rbacClusterSecrets.ts';
import { rbacEscalation } from '../../../../../policies/rules/access/rbacEscalation.ts';
import { rbacNamespaceSecrets } from '../../../../../policies/rules/access/rbacNamespaceSecrets.ts';
import { rbacWildcards } from '../../../../../policies/rules/access/rbacWildcards.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf } from '../../support/declared.ts';

const group = 'rbac.authorization.k8s.io';
const role = (kind: string, ...rules: readonly unknown[]) => declared(`${group}/v1`, kind, { rules });
const rule = (apiGroup: string, resource: string, verb: string, more = {}) => ({
  apiGroups: [apiGroup],
  resources: [resource],
  verbs: [verb],
  ...more,
});
const binding = (kind: string, roleName: string, ...subjects: readonly unknown[]) =>
  declared(`${group}/v1`, kind, { roleRef: { apiGroup: group, kind: 'ClusterRole', name: roleName }, subjects });

it.each(accessRules.map((one) => [one.name, one] as const))('%s says nothing of other objects', (_name, one) => {
  const wide = { rules: [rule('*', '*', '*')], roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } };
  const fields = {
    ...wide,
    subjects: [
      { kind: 'Group', name: 'system:authenticated' },
      { kind: 'ServiceAccount', name: 'default' },
    ],
  };
  expect(saidOf(one, declared('example.com/v1', 'ClusterRole', fields))).toEqual([]);
  expect(saidOf(one, declared(`${group}/v1`, 'Widget', fields))).toEqual([]);
});

describe('rbac-wildcards', () => {
  it.each(['Role', 'ClusterRole'])('names each list of a %s that has one', (kind) => {
    expect(saidOf(rbacWildcards, role(kind, rule('', 'pods', 'get'), rule('*', '*', '*')))).toEqual([
      'rules[1].apiGroups has "*": it must name each',
      'rules[1].resources has "*": it must name each',
      'rules[1].verbs has "*": it must name each',
    ]);
  });

  it.each(['pods/*', '*/scale'])('takes %s for one', (resource) => {
    expect(saidOf(rbacWildcards, role('Role', rule('', resource, 'get')))).toHaveLength(1);
  });

  it('takes the start of a path for none, and all paths for one', () => {
    const urls = (...nonResourceURLs: readonly string[]) => role('ClusterRole', { nonResourceURLs, verbs: ['get'] });
    expect(saidOf(rbacWildcards, urls('/healthz/*'))).toEqual([]);
    expect(saidOf(rbacWildcards, urls('/healthz', '*'))).toEqual([
      'rules[0].nonResourceURLs has "*": it must name each',
    ]);
  });
});

describe('cluster-admin', () => {
  const subjects = [
    { kind: 'User', name: 'ada' },
    { kind: 'Group', name: 'platform' },
    { kind: 'ServiceAccount', name: 'shop', namespace: 'shop' },
  ];
  const names = ['User/ada', 'Group/platform', 'ServiceAccount/shop/shop'];

  it.each(['ClusterRoleBinding', 'RoleBinding'])('names each subject of a %s', (kind) => {
    expect(saidOf(clusterAdmin, binding(kind, 'cluster-admin', ...subjects))).toEqual(
      names.map((name, index) => `subjects[${index}] gives cluster-admin to ${name}: it must be another role`),
    );
  });

  it('leaves out who may have it, and names them to others', () => {
    expect(
      saidOf(clusterAdmin, binding('ClusterRoleBinding', 'cluster-admin', ...subjects), { subjects: names }),
    ).toEqual([]);
    expect(
      saidOf(clusterAdmin, binding('ClusterRoleBinding', 'cluster-admin', ...subjects), { subjects: names.slice(1) }),
    ).toEqual([
      'subjects[0] gives cluster-admin to User/ada: it must be another role, or one of Group/platform, ServiceAccount/shop/shop',
    ]);
  });

  it('says nothing of other roles, nor of a Role of that name, nor where nobody gets it', () => {
    expect(saidOf(clusterAdmin, binding('ClusterRoleBinding', 'view', ...subjects))).toEqual([]);
    expect(saidOf(clusterAdmin, binding('ClusterRoleBinding', 'cluster-admin'))).toEqual([]);
    const roleRef = { kind: 'Role', name: 'cluster-admin' };
    expect(saidOf(clusterAdmin, declared(`${group}/v1`, 'RoleBinding', { roleRef, subjects }))).toEqual([]);
  });
});

describe('rbac-cluster-secrets and rbac-namespace-secrets', () => {
  const said = (given: unknown) => [
    saidOf(rbacClusterSecrets, role('ClusterRole', given)),
    saidOf(rbacNamespaceSecrets, role('Role', given)),
  ];

  it.each(['get', 'list', 'watch', '*'])('refuse %s, each where it holds', (verb) => {
    const must = 'it must name them in resourceNames, or leave secrets out';
    expect(said(rule('', 'secrets', verb))).toEqual([
      [`rules[0] lets its subjects ${verb} every Secret of the cluster: ${must}`],
      [`rules[0] lets its subjects ${verb} every Secret of the namespace: ${must}`],
    ]);
  });

  it.each([rule('*', 'secrets', 'get'), rule('', '*', 'get')])('see wildcards: %j', (given) => {
    expect(said(given).map(({ length }) => length)).toEqual([1, 1]);
  });

  it.each([
    rule('', 'secrets', 'create'),
    rule('', 'configmaps', 'get'),
    rule('example.com', 'secrets', 'get'),
    rule('', 'secrets', 'get', { resourceNames: ['shop'] }),
    { nonResourceURLs: ['/healthz'], verbs: ['get'] },
    null,
  ])('take %j', (given) => {
    expect(said(given)).toEqual([[], []]);
  });

  it('look at one kind of role each', () => {
    expect(saidOf(rbacClusterSecrets, role('Role', rule('', 'secrets', 'get')))).toEqual([]);
    expect(saidOf(rbacNamespaceSecrets, role('ClusterRole', rule('', 'secrets', 'get')))).toEqual([]);
  });
});

describe('rbac-escalation', () => {
  it.each([
    [group, 'roles', 'escalate', 'put more rights into roles than they have'],
    [group, 'clusterroles', 'bind', 'give away roles that they do not have'],
    ['', 'serviceaccounts', 'impersonate', 'act as somebody else'],
    ['authentication.k8s.io', 'uids', 'impersonate', 'act as somebody else'],
    ['', 'serviceaccounts/token', 'create', 'make tokens of ServiceAccounts'],
    ['', 'pods/exec', 'create', 'get into containers'],
    ['', 'pods/attach', 'get', 'get into containers'],
    ['', 'pods/ephemeralcontainers', 'patch', 'get into containers'],
    ['', 'nodes/proxy', 'get', 'run commands in every pod of a node'],
    ['', 'persistentvolumes', 'create', 'mount paths of nodes'],
    [
      'admissionregistration.k8s.io',
      'mutatingwebhookconfigurations',
      '*',
      'read and change whatever is sent to the API server',
    ],
    ['certificates.k8s.io', 'certificatesigningrequests/approval', 'update', 'approve certificates in any name'],
    ['certificates.k8s.io', 'signers', 'sign', 'approve certificates in any name'],
    ['', 'namespaces', 'patch', 'take away what Pod Security asks of namespaces'],
  ])('refuses %s %s %s', (apiGroup, resource, verb, what) => {
    expect(saidOf(rbacEscalation, role('Role', rule(apiGroup, resource, verb)))).toEqual([
      `rules[0] lets its subjects ${what}: it must give no right that leads to others`,
    ]);
  });

  it('refuses to make pods in all namespaces, and not in one', () => {
    expect(saidOf(rbacEscalation, role('ClusterRole', rule('', 'pods', 'create')))).toHaveLength(1);
    expect(saidOf(rbacEscalation, role('Role', rule('', 'pods', 'create')))).toEqual([]);
  });

  it('says once for a rule what it lets do', () => {
    const given = {
      apiGroups: [''],
      resources: ['pods/exec', 'pods/attach', 'namespaces'],
      verbs: ['create', 'patch'],
    };
    expect(problemsOf(rbacEscalation, [role('Role', given)])).toEqual([
      'Role/shop: rules[0] lets its subjects get into containers, take away what Pod Security asks of namespaces: it must give no right that leads to others. Fix: leave these verbs out, or name the objects in resourceNames',
    ]);
    expect(saidOf(rbacEscalation, role('ClusterRole', rule('*', '*', '*')))).toHaveLength(1);
  });

  it.each([
    rule('', 'pods', 'get'),
    rule('', 'pods/portforward', 'create'),
    rule('', 'pods/exec', 'delete'),
    rule('apps', 'pods/exec', 'create'),
    rule(group, 'clusterroles', 'bind', { resourceNames: ['view'] }),
  ])('takes %j', (given) => {
    expect(saidOf(rbacEscalation, role('ClusterRole', given))).toEqual([]);
  });
});

describe('anonymous-subjects', () => {
  it.each([
    ['User', 'system:anonymous', 'anybody who reaches the API server'],
    ['Group', 'system:unauthenticated', 'anybody who reaches the API server'],
    ['Group', 'system:authenticated', 'everybody with an account, and every pod with a token'],
  ])('refuses %s %s', (kind, name, who) => {
    const subjects = [
      { kind: 'User', name: 'ada' },
      { kind, name },
    ];
    expect(saidOf(anonymousSubjects, binding('RoleBinding', 'view', ...subjects))).toEqual([
      `subjects[1] is ${kind}/${name}, which is ${who}: it must be somebody`,
    ]);
  });

  it.each([{ kind: 'User', name: 'system:authenticated' }, { kind: 'Group', name: 'developers' }, {}, null])(
    'takes %j',
    (subject) => {
      expect(saidOf(anonymousSubjects, binding('ClusterRoleBinding', 'view', subject))).toEqual([]);
    },
  );
});

describe('default-service-account-binding', () => {
  it('refuses ServiceAccounts of that name, and users not', () => {
    const subjects = [
      { kind: 'User', name: 'default' },
      { kind: 'ServiceAccount', name: 'default', namespace: 'shop' },
    ];
    expect(saidOf(defaultServiceAccountBinding, binding('ClusterRoleBinding', 'view', ...subjects))).toEqual([
      'subjects[1].name is "default": it must be another ServiceAccount',
    ]);
  });
});
