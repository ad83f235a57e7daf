import { KubernetesObjectApi } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import { judgeKind } from '../objects/objectsDeclared.ts';

/** Policies add up: one that nobody has declared can only let more through. */
export const policiesAlone: Check = {
  id: 'policies-alone',
  component: 'network',
  title: 'no policy beside those of the stack lets more through',
  run: async ({ deployment }) => {
    const [kube, namespaces, declared] = await Promise.all([
      deployment.kube(),
      deployment.namespaces(),
      deployment.declared(),
    ]);
    const api = KubernetesObjectApi.makeApiClient(kube);
    const looks = namespaces.map((namespace) =>
      judgeKind(api, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace }, declared),
    );
    return (await Promise.all(looks)).flat();
  },
};
