import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findGateway, stopGateway } from '../gateway/gatewayProcess.ts';

/** The gateway of one stack. */
export interface StackGateway {
  readonly stack: string;
  /** Address of its traces on this machine. */
  readonly uiUrl: string;
}

/** Where the gateway of a stack keeps its record and log: several stacks of one cluster have one each. */
export function gatewayDirectory(stateDirectory: string, stack: string): string {
  return join(stateDirectory, 'gateways', stack);
}

/** The gateways that run for stacks of a cluster, by name. */
export async function findGateways(stateDirectory: string): Promise<StackGateway[]> {
  const found = (await listStacks(stateDirectory)).map(async (stack) => {
    const gateway = await findGateway(gatewayDirectory(stateDirectory, stack));
    return gateway === undefined ? [] : [{ stack, uiUrl: gateway.url }];
  });
  return (await Promise.all(found)).flat();
}

/** Ends the gateways of every stack of a cluster. */
export async function stopGateways(stateDirectory: string): Promise<void> {
  for (const stack of await listStacks(stateDirectory)) await stopGateway(gatewayDirectory(stateDirectory, stack));
}

async function listStacks(stateDirectory: string): Promise<string[]> {
  return (await readdir(join(stateDirectory, 'gateways')).catch(() => [])).sort();
}
