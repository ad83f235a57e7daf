import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findGateway, requireUiPortFree, stopGateway } from '../gateway/gatewayProcess.ts';
import { gatewayRecordPath, readLiveGateway } from '../gateway/gatewayRecord.ts';

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

/**
 * Refuses a port that somebody else listens on: `up` replaces the stack's own gateway and a former one.
 * @throws PortTakenError naming the program that holds it.
 */
export async function requireGatewayPortFree(port: number, stateDirectory: string, stack: string): Promise<void> {
  if (readLiveGateway(gatewayRecordPath(stateDirectory))?.port === port) return;
  await requireUiPortFree(port, gatewayDirectory(stateDirectory, stack));
}

/** Ends the gateway of one stack. */
export async function stopStackGateway(stateDirectory: string, stack: string): Promise<void> {
  await stopFormerGateway(stateDirectory);
  await stopGateway(gatewayDirectory(stateDirectory, stack));
}

/**
 * Ends a gateway that an older checkout has started: it had one for each cluster, with its record in the cluster's state
 * directory itself, and nothing else would ever end it and give its port back.
 */
export async function stopFormerGateway(stateDirectory: string): Promise<void> {
  await stopGateway(stateDirectory);
}

/** Ends the gateways of every stack of a cluster. */
export async function stopGateways(stateDirectory: string): Promise<void> {
  await stopFormerGateway(stateDirectory);
  for (const stack of await listStacks(stateDirectory)) await stopGateway(gatewayDirectory(stateDirectory, stack));
}

async function listStacks(stateDirectory: string): Promise<string[]> {
  return (await readdir(join(stateDirectory, 'gateways')).catch(() => [])).sort();
}
