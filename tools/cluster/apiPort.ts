import { findListener, isLoopbackPortFree } from '../process/loopbackPort.ts';
import { PortTakenError } from '../process/portTakenError.ts';
import type { ClusterLayout } from './clusterLayout.ts';
import { InvalidApiPortError } from './errors/invalidApiPortError.ts';
import { NoFreePortError } from './errors/noFreePortError.ts';
import { readLiveForwarder } from './forwarder/forwarderRecord.ts';

/** The port of the Kubernetes API that is tried first; the next 99 follow. */
const FIRST_API_PORT = 6443;

const PORTS_TRIED = 100;

/** What {@link chooseApiPort} takes. */
export interface ApiPortOptions {
  /** The port that the user asked for: that one or none. */
  readonly requested: number | undefined;
  /** The port of the last run: preferred, so that kubeconfigs stay good. */
  readonly remembered: number | undefined;
  readonly isFree: (port: number) => Promise<boolean>;
  readonly listenerOf: (port: number) => string | undefined;
}

/**
 * Reads a port as users write it.
 *
 * @throws InvalidApiPortError unless it is a whole number from 1024 to 65535, in digits alone.
 */
export function parseApiPort(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidApiPortError(text);
  const port = Number(text);
  requireApiPort(port);
  return port;
}

/** @throws InvalidApiPortError unless it is a whole number from 1024 to 65535. */
export function requireApiPort(port: number): void {
  if (!Number.isInteger(port) || port < 1024 || port > 65535) throw new InvalidApiPortError(String(port));
}

/** Chooses a cluster's port by what listens on this machine now; the port of its own forwarder is free to it. */
export function chooseClusterPort(
  layout: ClusterLayout,
  requested: number | undefined,
  remembered: number | undefined,
): Promise<number> {
  const own = readLiveForwarder(layout.forwarderFile)?.port;
  return chooseApiPort({
    requested,
    remembered,
    isFree: async (port) => port === own || (await isLoopbackPortFree(port)),
    listenerOf: findListener,
  });
}

/**
 * Chooses the API's port on 127.0.0.1.
 *
 * @throws PortTakenError when the requested port is taken.
 * @throws NoFreePortError when none was requested and none of the range is free.
 * @throws InvalidApiPortError for a requested port that is not 1024 to 65535.
 */
export async function chooseApiPort(options: ApiPortOptions): Promise<number> {
  const { requested, remembered } = options;
  if (requested !== undefined) {
    requireApiPort(requested);
    if (await options.isFree(requested)) return requested;
    throw new PortTakenError('api-port', requested, options.listenerOf(requested));
  }
  if (remembered !== undefined && (await options.isFree(remembered))) return remembered;
  for (let port = FIRST_API_PORT; port < FIRST_API_PORT + PORTS_TRIED; port += 1) {
    if (await options.isFree(port)) return port;
  }
  throw new NoFreePortError(FIRST_API_PORT, FIRST_API_PORT + PORTS_TRIED - 1);
}
