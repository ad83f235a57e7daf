import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { referencedConfigMaps } from '../../../../../policies/rules/stack/referencedConfigMaps.ts';
import { referencedKeys } from '../../../../../policies/rules/stack/referencedKeys.ts';
import { referencedSecrets } from '../../../../../policies/rules/stack/referencedSecrets.ts';
import { referencedServiceAccounts } from '../../../../../policies/rules/stack/referencedServiceAccounts.ts';
import { roleReferences } from '../../../../../policies/rules/stack/roleReferences.ts';
import { configMapExample, workloadExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { volumeClaims } from '../../../../../policies/rules/stack/volumeClaims.ts';
import type { Rule } from '../../../../../policies/rule.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const envFrom = (kind: 'configMapRef' | 'secretRef', name: string, more = '') =>
  workloadExample({ container: [`envFrom: [{ ${kind}: { name: ${name}${more} } }]`] });

describe('rules about what pods refer to', () => {
  it.each<[string, Rule, string, string, string]>([
    [
      'ConfigMaps',
      referencedConfigMaps,
      envFrom('configMapRef', 'a'),
      'ConfigMap',
      'spec.template.spec.containers[0].envFrom[0].configMapRef.name',
    ],
    [
      'Secrets',
      referencedSecrets,
      envFrom('secretRef', 'a'),
      'Secret',
      'spec.template.spec.containers[0].envFrom[0].secretRef.name',
    ],
    [
      'service accounts',
      referencedServiceAccounts,
      workloadExample({ pod: ['serviceAccountName: a'] }),
      'ServiceAccount',
      'spec.template.spec.serviceAccountName',
    ],
    [
      'claims',
      volumeClaims,
      workloadExample({ pod: ['volumes: [{ name: d, persistentVolumeClaim: { claimName: a } }]'] }),
      'PersistentVolumeClaim',
      'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
    ],
  ])('say what is missing, unless it is made elsewhere: %s', (_name, rule, yaml, kind, path) => {
    const [sentence = ''] = problemsOf(rule, yaml);
    expect(sentence.replace(', container "shop"', '')).toBe(
      `Deployment/shop/shop: ${path} is "a", and the set has no ${kind} of that name in namespace shop: it must be in the set, or be named as made elsewhere. Fix: the ${kind}, or the parameter elsewhere: ["shop/a"]`,
    );
    for (const pattern of ['shop/a', 'shop/*', '*/a', '*'])
      expect(findingsOf(rule, yaml, { elsewhere: ['x/y', pattern] })).toEqual([]);
    for (const pattern of ['a', 'other/a', 'shop/ab'])
      expect(findingsOf(rule, yaml, { elsewhere: [pattern] })).toHaveLength(1);
    const there = manifest('v1', kind, 'a', 'spec: {}');
    expect(findingsOf(rule, documents(there, yaml))).toEqual([]);
    expect(findingsOf(rule, documents(there.replace('namespace: shop', 'namespace: other'), yaml))).toHaveLength(1);
  });

  it.each<[string, Rule, string]>([
    ['ConfigMaps', referencedConfigMaps, envFrom('configMapRef', 'a', ', optional: true')],
    ['Secrets', referencedSecrets, envFrom('secretRef', 'a', ', optional: true')],
    ['ConfigMaps', referencedConfigMaps, envFrom('configMapRef', 'kube-root-ca.crt')],
    ['service accounts', referencedServiceAccounts, workloadExample({ pod: ['serviceAccountName: default'] })],
    ['service accounts', referencedServiceAccounts, workloadExample()],
  ])('ask for nothing that need not be there: %s', (_name, rule, yaml) => {
    expect(findingsOf(rule, yaml)).toEqual([]);
  });

  it('says each name once for every object', () => {
    const twice = workloadExample({ container: ['envFrom: [{ secretRef: { name: a } }, { secretRef: { name: a } }]'] });
    expect(findingsOf(referencedSecrets, documents(twice, twice.replace('name: shop,', 'name: more,')))).toHaveLength(
      2,
    );
  });

  it('says what it cannot know, and still judges the others', () => {
    const hidden = envFrom('secretRef', unknown).replace('name: shop,', 'name: hidden,');
    expect(findingsOf(referencedSecrets, documents(hidden, envFrom('secretRef', 'a'))).map(({ kind }) => kind)).toEqual(
      ['unknown', 'breach'],
    );
    expect(findingsOf(referencedConfigMaps, hidden)).toEqual([]);
  });
});

describe('referenced-secrets', () => {
  const ingress = (annotations: string) =>
    manifest('networking.k8s.io/v1', 'Ingress', 'shop', 'spec: { tls: [{ secretName: a }] }').replace(
      'name: shop,',
      `name: shop, annotations: { ${annotations} },`,
    );

  it('asks for the certificates of an Ingress', () => {
    expect(findingsOf(referencedSecrets, ingress('')).map(({ path }) => path)).toEqual(['spec.tls[0].secretName']);
  });

  it.each(['cert-manager.io/cluster-issuer: a', 'cert-manager.io/issuer: a', 'kubernetes.io/tls-acme: "true"'])(
    'asks for none that cert-manager makes, by %s',
    (annotation) => {
      expect(findingsOf(referencedSecrets, ingress(annotation))).toEqual([]);
    },
  );

  it.each([
    manifest('cert-manager.io/v1', 'Certificate', 'x', 'spec: { secretName: a }'),
    manifest('external-secrets.io/v1', 'ExternalSecret', 'x', 'spec: { target: { name: a } }'),
    manifest('external-secrets.io/v1beta1', 'ExternalSecret', 'a', 'spec: {}'),
    manifest('bitnami.com/v1alpha1', 'SealedSecret', 'a', 'spec: {}'),
  ])('knows what makes a Secret: %s', (maker) => {
    expect(findingsOf(referencedSecrets, documents(maker, envFrom('secretRef', 'a')))).toEqual([]);
  });
});

describe('volume-claims', () => {
  it.each([
    ['data-db-0', 0],
    ['data-db-12', 0],
    ['data-db-x', 1],
    ['data-db', 1],
    ['logs-db-0', 1],
  ])('finds in the claim %s of a StatefulSet this many problems: %i', (name, count) => {
    const set = workloadExample({
      kind: 'StatefulSet',
      name: 'db',
      spec: ['volumeClaimTemplates: [{ metadata: { name: data } }]'],
    });
    const backup = workloadExample({ pod: [`volumes: [{ name: d, persistentVolumeClaim: { claimName: ${name} } }]`] });
    expect(findingsOf(volumeClaims, documents(set, backup))).toHaveLength(count);
  });
});

describe('referenced-keys', () => {
  const variable = (kind: string, more = '') =>
    workloadExample({ container: [`env: [{ name: A, valueFrom: { ${kind}: { name: shop, key: a${more} } } }]`] });
  const secret = (rest: string) => manifest('v1', 'Secret', 'shop', rest);
  const files = (items: string) =>
    workloadExample({ pod: [`volumes: [{ name: v, secret: { secretName: shop, items: [${items}] } }]`] });

  it('names the keys that there are, and no values', () => {
    const sentences = problemsOf(
      referencedKeys,
      documents(secret('stringData: { b: hunter2, c: x }'), variable('secretKeyRef')),
    );
    expect(sentences).toEqual([
      'Deployment/shop/shop, container "shop": spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key is "a", which Secret/shop/shop does not have: it must be one of its keys (b, c). Fix: the key "a" in Secret/shop/shop, or optional: true',
    ]);
  });

  it.each([
    ['a key of data', documents(secret('data: { a: eA== }'), variable('secretKeyRef'))],
    [
      'a key whose value a preview cannot know',
      documents(secret(`stringData: { a: ${unknown} }`), variable('secretKeyRef')),
    ],
    [
      'a binary key',
      documents(configMapExample('{ b: x }') + 'binaryData: { a: eA== }\n', variable('configMapKeyRef')),
    ],
    ['an optional key', documents(configMapExample('{ b: x }'), variable('configMapKeyRef', ', optional: true'))],
    [
      'a ConfigMap that somebody fills in',
      documents(manifest('v1', 'ConfigMap', 'shop', ''), variable('configMapKeyRef')),
    ],
    ['a ConfigMap of elsewhere', variable('configMapKeyRef')],
    [
      'the token of a service account',
      documents(secret('type: kubernetes.io/service-account-token\ndata: { b: eA== }'), variable('secretKeyRef')),
    ],
    ['all keys at once', documents(secret('data: { b: eA== }'), envFrom('secretRef', 'shop'))],
  ])('takes %s', (_what, yaml) => {
    expect(findingsOf(referencedKeys, yaml)).toEqual([]);
  });

  it('looks at the keys of files', () => {
    const yaml = documents(secret('data: { a: eA== }'), files('{ key: a, path: x }, { key: b, path: y }'));
    expect(findingsOf(referencedKeys, yaml).map(({ path }) => path)).toEqual([
      'spec.template.spec.volumes[0].secret.items[1].key',
    ]);
  });
});

describe('role-references', () => {
  const group = 'rbac.authorization.k8s.io';
  const binding = (kind: string, role: string, bindingKind = 'RoleBinding') =>
    manifest(`${group}/v1`, bindingKind, 'shop', `roleRef: { kind: ${kind}, name: ${role} }`);
  const clusterRole = manifest(`${group}/v1`, 'ClusterRole', 'shop', 'rules: []').replace(', namespace: shop', '');

  it.each(['cluster-admin', 'admin', 'edit', 'view', 'system:node', 'shop'])('knows the cluster role %s', (name) => {
    expect(findingsOf(roleReferences, documents(clusterRole, binding('ClusterRole', name)))).toEqual([]);
  });

  it('says what a binding gives that is not there, and where it would be', () => {
    expect(problemsOf(roleReferences, documents(clusterRole, binding('Role', 'shop')))).toEqual([
      'RoleBinding/shop/shop: roleRef.name is Role "shop", which the set does not have: it must be in it, or be named as made elsewhere. Fix: the Role, or the parameter elsewhere: ["shop/shop"]',
    ]);
    expect(problemsOf(roleReferences, binding('ClusterRole', 'reader', 'ClusterRoleBinding'))).toEqual([
      'ClusterRoleBinding/shop/shop: roleRef.name is ClusterRole "reader", which the set does not have: it must be in it, or be named as made elsewhere. Fix: the ClusterRole, or the parameter elsewhere: ["/reader"]',
    ]);
    expect(findingsOf(roleReferences, binding('ClusterRole', 'reader'), { elsewhere: ['/reader'] })).toEqual([]);
    expect(findingsOf(roleReferences, manifest(`${group}/v1`, 'RoleBinding', 'shop', ''))).toHaveLength(1);
  });
});
