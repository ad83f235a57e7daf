import { describe, expect, it } from 'vitest';
import { Replicas, scaleTargetOf } from '../../../../policies/kubernetes/replicas.ts';
import { manifestObjects } from '../../../support/manifestObjects.ts';

const workload = (kind: string, spec: string, apiVersion = 'apps/v1') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: shop, namespace: a }, spec: { ${spec} } }\n---\n`;
const autoscaler = (target: string, spec = 'minReplicas: 3', namespace = 'a') =>
  `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: x, namespace: ${namespace} }, spec: { scaleTargetRef: { ${target} }, ${spec} } }\n`;
const keda = (target: string, spec: string) =>
  `{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: x, namespace: a }, spec: { scaleTargetRef: { ${target} }, ${spec} } }\n`;
const deployment = 'kind: Deployment, name: shop, apiVersion: apps/v1';

function leastOf(yaml: string): number | undefined {
  const [first, ...rest] = manifestObjects(yaml);
  const replicas = new Replicas();
  for (const object of rest) replicas.add(object);
  return first && replicas.least(first);
}

describe('Replicas', () => {
  it.each([
    ['what the workload says', workload('Deployment', 'replicas: 2'), 2],
    ['1 where nobody says anything', workload('StatefulSet', ''), 1],
    ['1 for a Pod', workload('Pod', '', 'v1'), 1],
    ['none for a DaemonSet', workload('DaemonSet', ''), undefined],
    ['none for a CronJob', workload('CronJob', '', 'batch/v1'), undefined],
    ["the autoscaler's", workload('Deployment', '') + autoscaler(deployment), 3],
    ["the autoscaler's before the workload's own", workload('Deployment', 'replicas: 9') + autoscaler(deployment), 3],
    ['1 where the autoscaler says nothing', workload('Deployment', 'replicas: 9') + autoscaler(deployment, ''), 1],
    [
      'that of an autoscaler without the group',
      workload('Deployment', '') + autoscaler('kind: Deployment, name: shop'),
      3,
    ],
    ["that of KEDA's autoscaler", workload('Deployment', '') + keda('name: shop', 'minReplicaCount: 4'), 4],
    ['none where that says nothing', workload('Deployment', 'replicas: 9') + keda('name: shop', ''), 0],
    ["not that of KEDA's for another kind", workload('StatefulSet', '') + keda('name: shop', 'minReplicaCount: 4'), 1],
    ["not another group's", workload('Deployment', '') + autoscaler(deployment.replace('apps', 'x')), 1],
    ["not another namespace's", workload('Deployment', '') + autoscaler(deployment, 'minReplicas: 3', 'b'), 1],
    ["not another kind's", workload('Deployment', '') + autoscaler('kind: StatefulSet, name: shop'), 1],
  ])('counts %s', (_what, yaml, count) => {
    expect(leastOf(yaml)).toBe(count);
  });
});

describe('scaleTargetOf', () => {
  it.each([
    [deployment, { kind: 'Deployment', name: 'shop', group: 'apps' }],
    ['kind: ReplicationController, name: a, apiVersion: v1', { kind: 'ReplicationController', name: 'a', group: '' }],
    ['', { kind: '', name: '', group: undefined }],
  ])('reads { %s }', (target, read) => {
    const [object] = manifestObjects(autoscaler(target));
    expect(object && scaleTargetOf(object)).toEqual(read);
  });
});
