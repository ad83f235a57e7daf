import { podPolicyRule } from './podPolicyRule.ts';

/** A pod may not connect to everybody. */
export const podEgressPolicy = podPolicyRule(
  'Egress',
  'Without one, whoever takes over the pod may connect to all of the cluster and of the internet.',
);
