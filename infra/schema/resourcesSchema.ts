import type { ContainerResources } from '../kubernetes/resources.ts';
import { mapping, wholeNumber } from './fields.ts';

/**
 * Requests and limits of one container. A limit below its request is refused, as Kubernetes would refuse it.
 *
 * @param defaults - What a key that is left out becomes.
 */
export function resourcesSchema(defaults: ContainerResources) {
  return mapping(
    {
      requests: amounts('What the scheduler reserves', defaults.requests),
      limits: amounts('What the container may use at most', defaults.limits),
    },
    'CPU and memory of the container.',
  )
    .refine(({ requests, limits }) => requests.cpuMillicores <= limits.cpuMillicores, {
      path: ['requests', 'cpuMillicores'],
      error: 'must not be above limits.cpuMillicores',
    })
    .refine(({ requests, limits }) => requests.memoryMebibytes <= limits.memoryMebibytes, {
      path: ['requests', 'memoryMebibytes'],
      error: 'must not be above limits.memoryMebibytes',
    })
    .prefault({});
}

function amounts(purpose: string, defaults: ContainerResources['requests']) {
  return mapping(
    {
      cpuMillicores: wholeNumber({
        min: 1,
        max: 128_000,
        unit: 'millicores',
        description: `${purpose} of CPU.`,
      }).default(defaults.cpuMillicores),
      memoryMebibytes: wholeNumber({
        min: 8,
        max: 1_048_576,
        unit: 'MiB',
        description: `${purpose} of memory.`,
      }).default(defaults.memoryMebibytes),
    },
    `${purpose}.`,
  ).prefault({});
}
