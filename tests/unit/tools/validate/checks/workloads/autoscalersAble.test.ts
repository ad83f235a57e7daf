import { ApiException, type V1Pod } from '@kubernetes/client-node';
import { afterEach, expect, test } from 'vitest';
import { autoscalersAble, judgeAutoscaler } from '../../../../../../tools/validate/checks/workloads/autoscalersAble.ts';
import { budgetsYield } from '../../../../../../tools/validate/checks/workloads/budgetsYield.ts';
import { judgeConfinement } from '../../../../../../tools/validate/checks/workloads/containersConfined.ts';
import { declaredWorkloads } from '../../../../../../tools/validate/checks/workloads/declaredWorkloads.ts';
import type { DeclaredObject } from '../../../../../../tools/validate/declaredObject.ts';
import { startApiServer, type ApiServer } from '../../support/apiServer.ts';
import { fakeDeployment } from '../../support/fakeDeployment.ts';

const object: DeclaredObject = {
  urn: 'urn',
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  namespace: 'tracing',
  name: 'jaeger-query',
  manifest: {},
};
const subject = 'HorizontalPodAutoscaler tracing/jaeger-query';
const now = Date.parse('2026-11-29T06:00:00Z');
const { signal } = new AbortController();

let server: ApiServer | undefined;
afterEach(() => server?.close());

function scaler(status: string) {
  const lastTransitionTime = new Date(now - 120_000);
  return {
    status: {
      currentReplicas: 2,
      desiredReplicas: 2,
      conditions: [{ type: 'ScalingActive', status, message: 'no figures', lastTransitionTime }],
    },
  };
}

test.each([
  ['that can scale', scaler('True'), 'ok', 'able to scale'],
  ['without figures', scaler('False'), 'failed', 'keeps the number of pods at 2, whatever their load: no figures'],
  [
    'that nobody has looked at',
    {},
    'unchecked',
    'Kubernetes has not looked at it yet: it says nothing of whether it can scale',
  ],
])('an autoscaler %s is judged so', (_, live, outcome, found) => {
  expect(judgeAutoscaler(subject, live, undefined, now)).toMatchObject([{ outcome, subject, found }]);
});

test('an autoscaler that is missing is told by another check', () => {
  expect(judgeAutoscaler(subject, undefined, undefined, now)).toEqual([]);
});

test('an autoscaler that may not be read is not taken for a sound one', async () => {
  const { kube } = (server = await startApiServer({}));
  const deployment = fakeDeployment({
    kube: () => Promise.resolve(kube),
    namespaces: () => Promise.resolve(['tracing']),
    declared: () => Promise.resolve([object]),
    live: () => Promise.reject(new ApiException(403, 'Forbidden', JSON.stringify({ message: 'no right to look' }), {})),
  });
  expect(await autoscalersAble.run({ deployment, signal })).toMatchObject([
    { outcome: 'unchecked', subject, found: 'the API server refuses it (403): no right to look' },
  ]);
});

test('budgets that may not be listed are not taken for ones that yield', async () => {
  const { kube } = (server = await startApiServer({ 'GET /api/v1/namespaces/tracing/pods': { items: [] } }));
  const deployment = fakeDeployment({
    kube: () => Promise.resolve(kube),
    namespaces: () => Promise.resolve(['tracing']),
    declared: () => Promise.resolve([{ ...object, kind: 'PodDisruptionBudget' }]),
    live: () => Promise.resolve({ kind: 'PodDisruptionBudget' }),
  });
  await expect(budgetsYield.run({ deployment, signal })).rejects.toMatchObject({ code: 403 });
});

test('the pods of a workload are those that have not ended', async () => {
  const pod = (name: string, phase: string): V1Pod => ({
    metadata: { name, namespace: 'tracing', labels: { a: 'b' } },
    status: { phase },
  });
  const leaving = {
    metadata: { name: 'leaving', namespace: 'tracing', labels: { a: 'b' }, deletionTimestamp: new Date(now) },
  };
  const pods = [pod('runs', 'Running'), pod('waits', 'Pending'), pod('evicted', 'Failed'), pod('done', 'Succeeded')];
  const deployment = fakeDeployment({
    declared: () => Promise.resolve([{ ...object, apiVersion: 'apps/v1', kind: 'Deployment' }]),
    live: () => Promise.resolve({ kind: 'Deployment', spec: { selector: { matchLabels: { a: 'b' } } } }),
    pods: () => Promise.resolve([...pods, leaving]),
  });
  const [workload] = await declaredWorkloads(deployment);
  expect(workload?.pods.map(({ metadata }) => metadata?.name)).toEqual(['runs', 'waits']);
});

test('a container that somebody has added to a pod to look into it is judged too', () => {
  const pod: V1Pod = {
    metadata: { name: 'p', namespace: 'tracing' },
    spec: { containers: [], ephemeralContainers: [{ name: 'debugger' }] },
  };
  expect(judgeConfinement(pod)).toMatchObject([{ outcome: 'failed', subject: 'Pod tracing/p/debugger' }]);
});
