import { NoFreePortError } from './errors/noFreePortError.ts';
import { PortTakenError } from '../process/portTakenError.ts';

/** The port of the Kubernetes API that is tried first; the next 99 follow. */
export const FIRST_API_PORT = 6443;

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
 * Chooses the API's port on 127.0.0.1.
 *
 * @throws PortTakenError when the requested port is taken.
 * @throws NoFreePortError when none was requested and none of the range is free.
 * @throws RangeError for a requested port that is not 1024 to 65535.
 */
export async function chooseApiPort(options: ApiPortOptions): Promise<number> {
  const { requested, remembered } = options;
  if (requested !== undefined) {
    if (!Number.isInteger(requested) || requested < 1024 || requested > 65535) {
      throw new RangeError(`API port ${String(requested)} is not allowed: use a whole number from 1024 to 65535`);
    }
    if (await options.isFree(requested)) return requested;
    throw new PortTakenError('api-port', requested, options.listenerOf(requested));
  }
  if (remembered !== undefined && (await options.isFree(remembered))) return remembered;
  for (let port = FIRST_API_PORT; port < FIRST_API_PORT + PORTS_TRIED; port += 1) {
    if (await options.isFree(port)) return port;
  }
  throw new NoFreePortError(FIRST_API_PORT, FIRST_API_PORT + PORTS_TRIED - 1);
}
