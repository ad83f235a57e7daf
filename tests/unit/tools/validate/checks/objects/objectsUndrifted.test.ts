import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { judgeDrift, scaledBy } from '../../../../../../tools/validate/checks/objects/objectsUndrifted.ts';
import type { DeclaredObject } from '../../../../../../tools/validate/declaredObject.ts';

const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'AAAB' };
const object: DeclaredObject = {
  urn: 'urn:pulumi:dev::tracewright::kubernetes:apps/v1:Deployment::jaeger-query',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'tracing',
  name: 'jaeger-query',
  manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'jaeger-query' }, spec: { replicas: 2 } },
};
const own = { manager: 'pulumi-kubernetes-c3a4d9a6', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } };
const subject = 'Deployment tracing/jaeger-query';

function live(replicas: number, ...managedFields: readonly object[]) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'jaeger-query', managedFields: [own, ...managedFields] },
    spec: { replicas },
  };
}

test('an object that is as declared is said to be so', () => {
  expect(judgeDrift(object, live(2), false)).toEqual([
    { outcome: 'ok', subject, expected: 'as declared', found: 'as declared' },
  ]);
});

test('the number of pods that an autoscaler has chosen is no drift, and without one it is', () => {
  expect(judgeDrift(object, live(5), true).map(({ outcome }) => outcome)).toEqual(['ok']);
  expect(judgeDrift(object, live(5), false)).toMatchObject([
    { outcome: 'failed', subject, expected: 'spec.replicas: 2', found: 'spec.replicas: 5' },
  ]);
});

test('a field that nobody has declared is told with who has set it, and when', () => {
  const edit = {
    manager: 'kubectl-edit',
    operation: 'Update',
    time: '2026-11-29T05:00:00.000Z',
    fieldsV1: {
      'f:spec': { 'f:template': { 'f:spec': { 'f:hostNetwork': {} } } },
      'f:metadata': { 'f:labels': { 'f:x': {} } },
    },
  };
  expect(judgeDrift(object, live(2, edit), false)).toMatchObject([
    {
      outcome: 'failed',
      expected: 'spec.template.spec.hostNetwork set by the stack alone, if at all',
      found: 'spec.template.spec.hostNetwork set by kubectl-edit at 2026-11-29T05:00:00Z',
    },
  ]);
});

test('status, a restart by hand and the work of controllers are no drift', () => {
  const others = [
    { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': {} } },
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      subresource: 'scale',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    },
    {
      manager: 'kubectl-rollout',
      operation: 'Update',
      fieldsV1: {
        'f:spec': {
          'f:template': { 'f:metadata': { 'f:annotations': { '.': {}, 'f:kubectl.kubernetes.io/restartedAt': {} } } },
        },
      },
    },
  ];
  expect(judgeDrift(object, live(2, ...others), false).map(({ outcome }) => outcome)).toEqual(['ok']);
});

test('one field that was changed is told once, though somebody else owns it now', () => {
  const edit = { manager: 'kubectl-edit', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } };
  const stripped = live(3, edit);
  stripped.metadata.managedFields.shift();
  expect(judgeDrift(object, stripped, false).map(({ found }) => found)).toEqual([
    'spec.replicas: 3 (set by kubectl-edit)',
  ]);
  expect(judgeDrift(object, stripped, true).map(({ outcome }) => outcome)).toEqual(['ok']);
});

test('a changed Secret is known by who has set it, and its values are told nowhere', () => {
  const declared: DeclaredObject = {
    ...object,
    apiVersion: 'v1',
    kind: 'Secret',
    name: 'jaeger-elasticsearch',
    manifest: { kind: 'Secret', metadata: { name: 'jaeger-elasticsearch' }, stringData: { password: secret } },
  };
  const there = (manager: string) => ({
    kind: 'Secret',
    metadata: {
      name: 'jaeger-elasticsearch',
      managedFields: [{ manager, operation: 'Update', fieldsV1: { 'f:data': { 'f:password': {} } } }],
    },
    data: { password: 'aHVudGVyMg==' },
  });
  expect(judgeDrift(declared, there('pulumi-kubernetes-1'), false).map(({ outcome }) => outcome)).toEqual(['ok']);
  const found = judgeDrift(declared, there('kubectl-edit'), false);
  expect(found).toMatchObject([{ outcome: 'failed', found: 'data.password set by kubectl-edit' }]);
  expect(JSON.stringify(found)).not.toContain('aHVudGVyMg');
});

test('a Secret that was written as stringData is of who has written it last', () => {
  const declared: DeclaredObject = {
    ...object,
    kind: 'Secret',
    manifest: { kind: 'Secret', stringData: { password: secret } },
  };
  const written = (ownTime: string): KubernetesObject & { readonly data: object } => ({
    kind: 'Secret',
    metadata: {
      managedFields: [
        {
          manager: 'pulumi-kubernetes-1',
          operation: 'Apply',
          time: new Date(ownTime),
          fieldsV1: { 'f:stringData': { 'f:password': {} } },
        },
        {
          manager: 'kubectl-edit',
          operation: 'Update',
          time: new Date('2026-11-29T06:03:20.000Z'),
          fieldsV1: { 'f:data': { 'f:password': {} } },
        },
      ],
    },
    data: { password: 'dHdv' },
  });
  expect(judgeDrift(declared, written('2026-11-29T06:03:22.000Z'), false).map(({ outcome }) => outcome)).toEqual([
    'ok',
  ]);
  expect(judgeDrift(declared, written('2026-11-29T06:03:18.000Z'), false).map(({ found }) => found)).toEqual([
    'data.password set by kubectl-edit at 2026-11-29T06:03:20Z',
  ]);
});

test('a switch that somebody has set, and that is off, is no drift', () => {
  const edit = {
    manager: 'kubectl-patch',
    operation: 'Update',
    fieldsV1: {
      'f:spec': {
        'f:suspend': {},
        'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': { 'f:tty': {} } } } },
      },
    },
  };
  const cronJob = (suspend: boolean, tty: boolean) => ({
    ...live(2, edit),
    spec: { replicas: 2, suspend, template: { spec: { containers: [{ name: 'a', tty }] } } },
  });
  expect(judgeDrift(object, cronJob(false, false), false).map(({ outcome }) => outcome)).toEqual(['ok']);
  expect(judgeDrift(object, cronJob(true, true), false).map(({ found }) => found)).toEqual([
    'spec.suspend set by kubectl-patch',
    'spec.template.spec.containers[a].tty set by kubectl-patch',
  ]);
});

test("a NetworkPolicy is compared as its manifest is written, with the client's names undone", () => {
  const peers = [{ podSelector: { matchLabels: { a: 'b' } } }];
  const policy: DeclaredObject = {
    ...object,
    kind: 'NetworkPolicy',
    manifest: { spec: { ingress: [{ from: peers }] } },
  };
  const found = { kind: 'NetworkPolicy', spec: { ingress: [{ _from: peers }] } };
  expect(judgeDrift(policy, found, false).map(({ outcome }) => outcome)).toEqual(['ok']);
  const wider = { kind: 'NetworkPolicy', spec: { ingress: [{ _from: [...peers, { namespaceSelector: {} }] }] } };
  expect(judgeDrift(policy, wider, false).map(({ found: is }) => is)).toEqual([
    'spec.ingress[0].from[1]: {"namespaceSelector":{}}',
  ]);
});

test('an autoscaler names the workload whose number it chooses', () => {
  const manifest = { spec: { scaleTargetRef: { kind: 'Deployment', name: 'jaeger-query' } } };
  expect([...scaledBy([{ ...object, kind: 'HorizontalPodAutoscaler', manifest }, object])]).toEqual([subject]);
});
