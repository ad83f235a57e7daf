import type { Rule } from '../rule.ts';
import { containerRules } from './container/containerRules.ts';
import { podSecurityRules } from './podSecurity/podSecurityRules.ts';
import { workloadRules } from './workload/workloadRules.ts';
import { networkRules } from './network/networkRules.ts';
import { accessRules } from './access/accessRules.ts';
import { batchRules } from './batch/batchRules.ts';
import { scalingRules } from './scaling/scalingRules.ts';
import { stackRules } from './stack/stackRules.ts';
import { jaegerRules } from './jaeger/jaegerRules.ts';

/** Every rule of the pack, in the order of their folders. */
export const allRules: readonly Rule[] = [
  ...containerRules,
  ...podSecurityRules,
  ...workloadRules,
  ...networkRules,
  ...accessRules,
  ...batchRules,
  ...scalingRules,
  ...stackRules,
  ...jaegerRules,
];
