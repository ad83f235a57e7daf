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

/** Rules that are about the same, as `docs/policies.md` has them. */
export interface RuleGroup {
  /** Their folder beside this file. */
  readonly folder: string;
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** Every rule of the pack, by folder. */
export const ruleGroups: readonly RuleGroup[] = [
  { folder: 'container', title: 'Containers', rules: containerRules },
  { folder: 'podSecurity', title: 'Pod Security Standards', rules: podSecurityRules },
  { folder: 'workload', title: 'Pods and what makes them', rules: workloadRules },
  { folder: 'network', title: 'Services, Ingresses and network policies', rules: networkRules },
  { folder: 'access', title: 'Access', rules: accessRules },
  { folder: 'batch', title: 'Jobs and CronJobs', rules: batchRules },
  { folder: 'scaling', title: 'Autoscalers and disruption budgets', rules: scalingRules },
  { folder: 'stack', title: 'Objects that belong together', rules: stackRules },
  { folder: 'jaeger', title: 'Jaeger', rules: jaegerRules },
];
