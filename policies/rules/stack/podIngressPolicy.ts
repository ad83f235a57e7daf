import { podPolicyRule } from './podPolicyRule.ts';

/** Not everybody may connect to a pod. */
export const podIngressPolicy = podPolicyRule(
  'Ingress',
  'Without one, every pod of the cluster may connect to every port of it.',
);
