import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { autoscalerProblem, metricsLack } from '../../../../tools/kube/autoscalers.ts';

const now = Date.parse('2026-11-22T23:00:00Z');

function autoscaler(
  conditions: readonly { type: string; status: string; reason: string; message: string; age?: number }[] = [],
): Pick<V2HorizontalPodAutoscaler, 'status'> {
  return {
    status: {
      currentReplicas: 2,
      desiredReplicas: 2,
      conditions: conditions.map(({ age = 120, ...condition }) => ({
        ...condition,
        lastTransitionTime: new Date(now - age * 1000),
      })),
    },
  };
}

const blind = {
  type: 'ScalingActive',
  status: 'False',
  reason: 'FailedGetResourceMetric',
  message: 'the HPA was unable to compute the replica count',
};
const active = { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound', message: '' };

test('an autoscaler with figures to go by, and one that has just been made, are well', () => {
  expect(autoscalerProblem(autoscaler([active]), undefined, now)).toBeUndefined();
  expect(autoscalerProblem(autoscaler(), undefined, now)).toBeUndefined();
});

test('where the cluster serves no figures, that is said at once', () => {
  expect(autoscalerProblem(autoscaler(), metricsLack(undefined), now)).toBe(
    'keeps the number of pods at 2, whatever their load: the cluster serves no resource metrics (APIService v1beta1.metrics.k8s.io is not there): ' +
      'install metrics-server',
  );
});

test.each([
  ['that lacks figures', blind],
  ['that may not scale', { ...blind, type: 'AbleToScale', reason: 'FailedGetScale' }],
])('an autoscaler %s is told in the words of Kubernetes', (_what, condition) => {
  expect(autoscalerProblem(autoscaler([active, condition]), undefined, now)).toBe(
    'keeps the number of pods at 2, whatever their load: the HPA was unable to compute the replica count',
  );
});

test('figures of new pods are given a minute to come, and what is scaled to 0 needs none', () => {
  expect(autoscalerProblem(autoscaler([{ ...blind, age: 59 }]), undefined, now)).toBeUndefined();
  expect(autoscalerProblem(autoscaler([{ ...blind, reason: 'ScalingDisabled' }]), undefined, now)).toBeUndefined();
});

test('a metrics API that does not answer is told with why', () => {
  const condition = (status: string) => ({
    type: 'Available',
    status,
    message: 'endpoints for service/metrics-server',
  });
  expect(metricsLack({ status: { conditions: [condition('True')] } })).toBeUndefined();
  expect(metricsLack({ status: { conditions: [condition('False')] } })).toBe(
    "the cluster's resource metrics do not answer (APIService v1beta1.metrics.k8s.io: endpoints for service/metrics-server): " +
      'see to metrics-server',
  );
  expect(metricsLack({})).toContain('nobody has looked at it yet');
});
