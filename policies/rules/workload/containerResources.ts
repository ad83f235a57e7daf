import type { ResourceValidationPolicy } from '@pulumi/policy';
import { field } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { validateContainers, type Violation } from './workloadRule.ts';

const examples = {
  requests: { cpu: 'resources: { requests: { cpu: "100m" } }', memory: 'resources: { requests: { memory: "128Mi" } }' },
  limits: { cpu: 'resources: { limits: { cpu: "500m" } }', memory: 'resources: { limits: { memory: "256Mi" } }' },
} as const;

type Bound = keyof typeof examples;
type ResourceName = keyof (typeof examples)[Bound];

/** What is wrong with the resources of a container: each of the four amounts must be there, and no request above its limit. */
export function resourceViolations(container: unknown): Violation[] {
  return (['cpu', 'memory'] as const).flatMap((name) => {
    const missing = [...amountViolations(container, 'requests', name), ...amountViolations(container, 'limits', name)];
    return missing.length > 0 ? missing : orderViolations(container, name);
  });
}

/** Every container of every workload, init containers and jobs included, declares requests and limits of CPU and memory. */
export const containerResources: ResourceValidationPolicy = {
  name: 'container-resources',
  description: 'Every container has requests and limits of CPU and memory, and no request above its limit.',
  enforcementLevel: 'mandatory',
  remediationSteps: 'Give the container resources: { requests: { cpu, memory }, limits: { cpu, memory } }.',
  validateResource: validateContainers(({ spec }) => resourceViolations(spec)),
};

function amount(container: unknown, bound: Bound, name: ResourceName): unknown {
  return field(field(field(container, 'resources'), bound), name);
}

function amountViolations(container: unknown, bound: Bound, name: ResourceName): Violation[] {
  const value = amount(container, bound, name);
  const size = parseQuantity(value);
  if (size !== undefined && size > 0n) return [];
  const state = value === undefined || value === null ? 'is missing' : `is ${JSON.stringify(value)}`;
  return [
    {
      field: `resources.${bound}.${name}`,
      problem: `${state}: it must be a Kubernetes quantity above zero`,
      example: examples[bound][name],
    },
  ];
}

function orderViolations(container: unknown, name: ResourceName): Violation[] {
  const request = amount(container, 'requests', name);
  const limit = amount(container, 'limits', name);
  if ((parseQuantity(request) ?? 0n) <= (parseQuantity(limit) ?? 0n)) return [];
  return [
    {
      field: `resources.requests.${name}`,
      problem: `is ${JSON.stringify(request)}: it must not be above resources.limits.${name}, which is ${JSON.stringify(limit)}`,
      example: examples.requests[name],
    },
  ];
}
