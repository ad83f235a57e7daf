import type { types } from '@pulumi/kubernetes';

/** An amount of CPU and memory. */
export interface ResourceAmounts {
  /** CPU in thousandths of a core. */
  readonly cpuMillicores: number;
  /** Memory in MiB. */
  readonly memoryMebibytes: number;
}

/** What a container reserves (`requests`) and may use at most (`limits`). */
export interface ContainerResources {
  /** What the scheduler reserves. */
  readonly requests: ResourceAmounts;
  /** What the container may use at most. */
  readonly limits: ResourceAmounts;
}

/** For containers that run for moments before the real one: copying a file, waiting for a port. */
export const initContainerResources: ContainerResources = {
  requests: { cpuMillicores: 10, memoryMebibytes: 16 },
  limits: { cpuMillicores: 250, memoryMebibytes: 64 },
};

/** Writes the amounts as Kubernetes quantities: `250m`, `512Mi`. */
export function resourceRequirements(resources: ContainerResources): types.input.core.v1.ResourceRequirements {
  return { requests: quantities(resources.requests), limits: quantities(resources.limits) };
}

function quantities({ cpuMillicores, memoryMebibytes }: ResourceAmounts): Record<string, string> {
  return { cpu: `${cpuMillicores}m`, memory: `${memoryMebibytes}Mi` };
}
