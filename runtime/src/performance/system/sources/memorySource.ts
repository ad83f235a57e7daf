import type { ContainerMemory } from '../cgroup/containerUse.ts';
import type { SystemReading } from '../systemMetrics.ts';
import type { MachineMemory, SystemPorts } from '../systemPorts.ts';
import type { SystemSource } from './systemSource.ts';

/** Reads memory and swap. In a container with a limit, memory is what the container may use. */
export function memorySource(ports: SystemPorts, readContainer: () => ContainerMemory | undefined): SystemSource {
  return {
    name: 'memory',
    metrics: [
      'system.memory.usage',
      'system.memory.limit',
      'system.memory.utilization',
      'system.paging.usage',
      'system.paging.utilization',
      'container.memory.usage',
      'container.memory.working_set',
      'container.memory.available',
      'tracewright.container.memory.limit',
    ],
    read: async () => {
      const machine = await ports.memory();
      if (ports.platform === 'linux' && machine.dirty === null) throw new Error('/proc/meminfo could not be read');
      const own = readContainer();
      return {
        readings: [...memoryReadings(machine, own), ...swapReadings(machine), ...containerReadings(machine, own)],
      };
    },
  };
}

function memoryReadings(machine: MachineMemory, own: ContainerMemory | undefined): readonly SystemReading[] {
  const isLimited = own?.limitBytes !== undefined && own.limitBytes < machine.total;
  const limit = isLimited ? own.limitBytes : machine.total;
  const used = isLimited ? own.workingSetBytes : machine.total - machine.available;
  const available = isLimited ? Math.max(0, limit - used) : machine.available;
  return [
    { metric: 'system.memory.usage', value: used, attributes: { 'system.memory.state': 'used' } },
    { metric: 'system.memory.usage', value: available, attributes: { 'system.memory.state': 'available' } },
    { metric: 'system.memory.limit', value: limit },
    { metric: 'system.memory.utilization', value: used / limit, attributes: { 'system.memory.state': 'used' } },
    {
      metric: 'system.memory.utilization',
      value: available / limit,
      attributes: { 'system.memory.state': 'available' },
    },
  ];
}

/** A machine without swap uses none of it; a share of nothing there is not. */
function swapReadings({ swaptotal, swapused, swapfree }: MachineMemory): readonly SystemReading[] {
  const states = [
    ['used', swapused],
    ['free', swapfree],
  ] as const;
  return states.flatMap(([state, bytes]): readonly SystemReading[] => {
    const attributes = { 'system.paging.state': state };
    const usage: SystemReading = { metric: 'system.paging.usage', value: bytes, attributes };
    return swaptotal === 0
      ? [usage]
      : [usage, { metric: 'system.paging.utilization', value: bytes / swaptotal, attributes }];
  });
}

function containerReadings(machine: MachineMemory, own: ContainerMemory | undefined): readonly SystemReading[] {
  if (own === undefined) return [];
  const { usageBytes, workingSetBytes, limitBytes } = own;
  const use: readonly SystemReading[] = [
    { metric: 'container.memory.usage', value: usageBytes },
    { metric: 'container.memory.working_set', value: workingSetBytes },
  ];
  if (limitBytes === undefined) return use;
  const limit = Math.min(limitBytes, machine.total);
  return [
    ...use,
    { metric: 'container.memory.available', value: Math.max(0, limit - workingSetBytes) },
    { metric: 'tracewright.container.memory.limit', value: limit },
  ];
}
