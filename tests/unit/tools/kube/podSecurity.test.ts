import type { V1Namespace } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { enforcedLevel, weakenedNamespaces } from '../../../../tools/kube/podSecurity.ts';
import { describePlaced } from '../../../../tools/kube/workload.ts';

function namespace(name: string, level?: string): V1Namespace {
  const labels = level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level };
  return { metadata: { name, labels } };
}

test('a namespace without the label holds its pods to nothing', () => {
  expect(enforcedLevel(namespace('shop'))).toBe('privileged');
  expect(enforcedLevel(namespace('shop', 'baseline'))).toBe('baseline');
});

test('the namespace of a deployment that somebody has weakened is named; that of agents with host ports is meant to be', () => {
  const items = [
    namespace('tracing', 'baseline'),
    namespace('tracing-agent', 'privileged'),
    namespace('b', 'restricted'),
  ];
  expect(weakenedNamespaces(items, ['tracing', 'b']).map(describePlaced)).toEqual([
    'namespace tracing: Namespace tracing: lets in pods that Pod Security "baseline" allows, not only "restricted" ones: ' +
      '`npm run up` sets the label pod-security.kubernetes.io/enforce again',
  ]);
});
