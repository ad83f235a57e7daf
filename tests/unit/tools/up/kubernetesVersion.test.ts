import { expect, test } from 'vitest';
import { KubernetesTooOldError, requireVersion } from '../../../../tools/up/kubernetesVersion.ts';

test.each(['v1.30.0', 'v1.34.4', 'v1.31.0-gke.1', 'v1.30.0+k3s1'])('Kubernetes %s is new enough', (version) => {
  expect(() => requireVersion(version)).not.toThrow();
});

test.each(['v1.29.9', 'v1.29.4-eks-036c24b', 'v1.9.0'])(
  'Kubernetes %s is too old, and what is needed is said',
  (version) => {
    expect(() => requireVersion(version)).toThrow(KubernetesTooOldError);
    expect(() => requireVersion(version)).toThrow(`runs Kubernetes ${version}; the stack needs 1.30 or later`);
  },
);
