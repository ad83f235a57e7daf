import { PolicyPack } from '@pulumi/policy';
import { containerProbes } from './rules/workload/containerProbes.ts';
import { containerResources } from './rules/workload/containerResources.ts';
import { hostPorts } from './rules/workload/hostPorts.ts';

// Constructing the pack starts its server: nothing but the engine may import this file.
new PolicyPack('tracewright', {
  description: 'What Tracewright asks of every workload on Kubernetes.',
  enforcementLevel: 'mandatory',
  policies: [containerResources, containerProbes, hostPorts],
});
