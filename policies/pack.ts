import { PolicyPack } from '@pulumi/policy';
import { environmentOf } from './pulumi/environment.ts';
import { rulesPolicy } from './pulumi/rulesPolicy.ts';
import { allRules } from './rules/allRules.ts';

// Constructing the pack starts its server: nothing but the engine may import this file.
new PolicyPack('tracewright', {
  description: 'What Tracewright asks of every workload on Kubernetes.',
  policies: [rulesPolicy(allRules, environmentOf(process.env), () => new Date())],
});
