import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { hpaReplicas } from '../../../../../policies/rules/stack/hpaReplicas.ts';
import { hpaRequests } from '../../../../../policies/rules/stack/hpaRequests.ts';
import { hpaTarget } from '../../../../../policies/rules/stack/hpaTarget.ts';
import { autoscalerExample, workloadExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

describe('hpa-replicas', () => {
  const numbered = (kind: 'Deployment' | 'StatefulSet') => workloadExample({ kind, spec: ['replicas: 3'] });

  it('says what decides the number', () => {
    expect(problemsOf(hpaReplicas, documents(numbered('Deployment'), autoscalerExample()))).toEqual([
      'Deployment/shop/shop: spec.replicas is 3, though a HorizontalPodAutoscaler decides the number: it must not be set. Fix: leave spec.replicas out',
    ]);
  });

  it('knows the autoscaler of KEDA, of which hpa-requests has nothing to say', () => {
    const keda = manifest('keda.sh/v1alpha1', 'ScaledObject', 'shop', 'spec: { scaleTargetRef: { name: shop } }');
    const yaml = documents(numbered('Deployment'), keda);
    expect(problemsOf(hpaReplicas, yaml)).toEqual([
      'Deployment/shop/shop: spec.replicas is 3, though a ScaledObject decides the number: it must not be set. Fix: leave spec.replicas out',
    ]);
    expect(findingsOf(hpaRequests, yaml)).toEqual([]);
  });

  it.each([
    ['another kind', numbered('StatefulSet')],
    ['another namespace', numbered('Deployment').replace('namespace: shop', 'namespace: other')],
  ])('has nothing to say of %s', (_what, workload) => {
    expect(findingsOf(hpaReplicas, documents(workload, autoscalerExample()))).toEqual([]);
  });

  it('does not let what a preview cannot know hide another', () => {
    const hidden = autoscalerExample().replace('name: shop }', 'name: 04da6b54-80e4-46f7-96ec-b56ff0331ba9 }');
    const kinds = findingsOf(hpaReplicas, documents(hidden, numbered('Deployment'), autoscalerExample())).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['unknown', 'breach']);
  });
});

describe('hpa-target', () => {
  const autoscaler = (target: string) =>
    manifest(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'shop',
      `spec: { maxReplicas: 5, scaleTargetRef: { ${target} } }`,
    );
  const rollout = manifest('rollouts.example/v1', 'Rollout', 'shop', 'spec: {}');

  it.each([
    'kind: Deployment, name: shop, apiVersion: apps/v1',
    'kind: Deployment, name: shop, apiVersion: apps/v1beta1',
    'kind: Deployment, name: shop',
    'kind: Rollout, name: shop, apiVersion: rollouts.example/v1',
  ])('finds { %s }', (target) => {
    expect(findingsOf(hpaTarget, documents(workloadExample(), rollout, autoscaler(target)))).toEqual([]);
  });

  it.each([
    'kind: StatefulSet, name: shop, apiVersion: apps/v1',
    'kind: Deployment, name: blog, apiVersion: apps/v1',
    'kind: Deployment, name: shop, apiVersion: other.example/v1',
    '',
  ])('does not find { %s }', (target) => {
    expect(findingsOf(hpaTarget, documents(workloadExample(), rollout, autoscaler(target)))).toHaveLength(1);
  });

  it('looks in its own namespace', () => {
    const elsewhere = autoscalerExample().replace('namespace: shop', 'namespace: other');
    expect(problemsOf(hpaTarget, documents(workloadExample(), elsewhere))).toEqual([
      'HorizontalPodAutoscaler/other/shop: spec.scaleTargetRef is Deployment "shop", which the set does not have in this namespace: it must name what is scaled. Fix: scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: a Deployment of the namespace }',
    ]);
  });
});

describe('hpa-requests', () => {
  const utilization = 'target: { type: Utilization, averageUtilization: 70 }';
  const measuring = (resource: string, target = utilization) =>
    autoscalerExample(`metrics: [{ type: Resource, resource: { name: ${resource}, ${target} } }]`);
  const ofContainer = (container: string) =>
    autoscalerExample(
      `metrics: [{ type: ContainerResource, containerResource: { name: cpu, container: ${container}, ${utilization} } }]`,
    );
  const bare = workloadExample();
  const cpu = workloadExample({ container: ['resources: { requests: { cpu: 100m } }'] });

  it('names the container, the resource and the autoscaler', () => {
    expect(problemsOf(hpaRequests, documents(cpu, measuring('memory')))).toEqual([
      'Deployment/shop/shop, container "shop": spec.template.spec.containers[0].resources.requests.memory is missing: HorizontalPodAutoscaler/shop/shop measures the utilization of it, so that it must be set. Fix: resources: { requests: { memory: "128Mi" } }',
    ]);
  });

  it.each([
    ['CPU, without any metrics', autoscalerExample()],
    ['CPU, in the first version', measuring('memory').replace('autoscaling/v2', 'autoscaling/v1')],
    ['the container', ofContainer('shop')],
  ])('asks for %s', (_what, autoscaler) => {
    expect(findingsOf(hpaRequests, documents(bare, autoscaler)).map(({ path }) => path)).toEqual([
      'spec.template.spec.containers[0].resources.requests.cpu',
    ]);
    expect(findingsOf(hpaRequests, documents(cpu, autoscaler))).toEqual([]);
  });

  it.each([
    ['an average value', documents(bare, measuring('cpu', 'target: { type: AverageValue, averageValue: 1 }'))],
    ['another container', documents(bare, ofContainer('proxy'))],
    [
      'a metric of something else',
      documents(bare, autoscalerExample('metrics: [{ type: External, external: { metric: { name: queue } } }]')),
    ],
    ['another workload', documents(workloadExample({ name: 'blog' }), measuring('cpu'))],
    ['a limit', documents(workloadExample({ container: ['resources: { limits: { cpu: 1 } }'] }), measuring('cpu'))],
    [
      'a request of the whole pod',
      documents(workloadExample({ pod: ['resources: { requests: { cpu: 1 } }'] }), measuring('cpu')),
    ],
  ])('asks for nothing with %s', (_what, yaml) => {
    expect(findingsOf(hpaRequests, yaml)).toEqual([]);
  });

  it('asks sidecars, and no containers that end', () => {
    const pod = ['initContainers:', '  - { name: proxy, restartPolicy: Always }', '  - { name: prepare }'];
    expect(
      findingsOf(hpaRequests, documents(workloadExample({ pod }), measuring('cpu'))).map(({ container }) => container),
    ).toEqual(['proxy', 'shop']);
  });
});
