import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findGateway, requirePortFree, stopGateway } from '../gateway/gatewayProcess.ts';
import { gatewayRecordPath, readLiveGateway } from '../gateway/gatewayRecord.ts';
import { pageTarget, queryTarget } from '../gateway/gatewayTarget.ts';

/** The gateways of one stack. */
export interface StackGateway {
  readonly stack: string;
  /** Address of its traces on this machine. */
  readonly uiUrl: string;
  /** Address of the page of its example, without the token; missing where that has no gateway. */
  readonly pageUrl?: string;
}

/** Where the gateway of a stack keeps its record and log: several stacks of one cluster have one each. */
export function gatewayDirectory(stateDirectory: string, stack: string): string {
  return join(stateDirectory, 'gateways', stack);
}

/** The same for the gateway to the page of the stack's example. */
export function pageGatewayDirectory(stateDirectory: string, stack: string): string {
  return join(gatewayDirectory(stateDirectory, stack), 'page');
}

/** The gateways that run for stacks of a cluster, by name. */
export async function findGateways(stateDirectory: string): Promise<StackGateway[]> {
  const found = (await listStacks(stateDirectory)).map(async (stack) => {
    const gateway = await findGateway(gatewayDirectory(stateDirectory, stack));
    const page = await findGateway(pageGatewayDirectory(stateDirectory, stack));
    if (gateway === undefined) return [];
    return [{ stack, uiUrl: gateway.url, ...(page && { pageUrl: `${page.url}/` }) }];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Refuses a port that somebody else listens on: `up` replaces the stack's own gateway and a former one.
 * @throws PortTakenError naming the program that holds it.
 */
export async function requireGatewayPortFree(port: number, stateDirectory: string, stack: string): Promise<void> {
  if (readLiveGateway(gatewayRecordPath(stateDirectory))?.port === port) return;
  await requirePortFree(queryTarget, port, gatewayDirectory(stateDirectory, stack));
}

/**
 * The same for the page of the stack's example.
 * @throws PortTakenError naming the program that holds it.
 */
export async function requirePagePortFree(port: number, stateDirectory: string, stack: string): Promise<void> {
  await requirePortFree(pageTarget, port, pageGatewayDirectory(stateDirectory, stack));
}

/** Ends the gateways of one stack. */
export async function stopStackGateway(stateDirectory: string, stack: string): Promise<void> {
  await stopFormerGateway(stateDirectory);
  await stopGatewaysOf(stateDirectory, stack);
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
  for (const stack of await listStacks(stateDirectory)) await stopGatewaysOf(stateDirectory, stack);
}

async function stopGatewaysOf(stateDirectory: string, stack: string): Promise<void> {
  await stopGateway(pageGatewayDirectory(stateDirectory, stack));
  await stopGateway(gatewayDirectory(stateDirectory, stack));
}

async function listStacks(stateDirectory: string): Promise<string[]> {
  return (await readdir(join(stateDirectory, 'gateways')).catch(() => [])).sort();
}
