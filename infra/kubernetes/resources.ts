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
  requests: { cpuMillicores: 25, memoryMebibytes: 32 },
  limits: { cpuMillicores: 250, memoryMebibytes: 64 },
};

// Nothing here writes to its node's disk but small scratch files and its log, of which a kubelet keeps 50 MiB (five files of 10 MiB:
// KubeletConfiguration, containerLogMaxFiles and containerLogMaxSize); data lie on volumes. Whoever writes much more is broken.
const nodeDisk = { requests: '64Mi', limits: '512Mi' };

/** Writes the amounts as Kubernetes quantities (`250m`, `512Mi`), with what each container may use of its node's disk. */
export function resourceRequirements({
  requests,
  limits,
}: ContainerResources): types.input.core.v1.ResourceRequirements {
  return { requests: quantities(requests, nodeDisk.requests), limits: quantities(limits, nodeDisk.limits) };
}

function quantities({ cpuMillicores, memoryMebibytes }: ResourceAmounts, disk: string): Record<string, string> {
  return { cpu: `${cpuMillicores}m`, memory: `${memoryMebibytes}Mi`, 'ephemeral-storage': disk };
}
