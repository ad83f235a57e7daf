import { PolicyPack } from '@pulumi/policy';
import { environmentOf } from './pulumi/environment.ts';
import { policyOf } from './pulumi/policyOf.ts';
import { allRules } from './rules/allRules.ts';

const environment = environmentOf(process.env);

// Constructing the pack starts its server: nothing but the engine may import this file.
new PolicyPack('tracewright', {
  description: 'What Tracewright asks of every workload on Kubernetes.',
  policies: allRules.map((rule) => policyOf(rule, environment, () => new Date())),
});
