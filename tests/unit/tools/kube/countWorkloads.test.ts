import { expect, test } from 'vitest';
import { countDaemonSet, countDeployment, countStatefulSet } from '../../../../tools/kube/countWorkloads.ts';

const metadata = { name: 'it', generation: 2 };
const template = { metadata: {} };
const selector = {};

test('a workload is complete once every pod that it wants is new and ready', () => {
  const status = { observedGeneration: 2, availableReplicas: 2, updatedReplicas: 2 };
  expect(countDeployment({ metadata, spec: { replicas: 2, selector, template }, status }).numbers).toEqual({
    kind: 'Deployment',
    name: 'it',
    wanted: 2,
    ready: 2,
    complete: true,
  });
  const old = { ...status, updatedReplicas: 1 };
  expect(countDeployment({ metadata, spec: { replicas: 2, selector, template }, status: old }).numbers.complete).toBe(
    false,
  );
});

test('a workload that was scaled to zero is not complete', () => {
  const status = { observedGeneration: 2, replicas: 0 };
  const spec = { replicas: 0, selector, template };
  expect(countDeployment({ metadata, spec, status }).numbers.complete).toBe(false);
  expect(countStatefulSet({ metadata, spec: { ...spec, serviceName: 'it' }, status }).numbers.complete).toBe(false);
  const daemons = { observedGeneration: 2, currentNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 };
  const none = { ...daemons, desiredNumberScheduled: 0 };
  expect(countDaemonSet({ metadata, spec: { selector, template }, status: none }).numbers.complete).toBe(false);
});
