import { readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { NoFreePortError } from './errors/noFreePortError.ts';
import { PortTakenError } from './errors/portTakenError.ts';
import { readProc } from '../process/processIdentity.ts';

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
    throw new PortTakenError(requested, options.listenerOf(requested));
  }
  if (remembered !== undefined && (await options.isFree(remembered))) return remembered;
  for (let port = FIRST_API_PORT; port < FIRST_API_PORT + PORTS_TRIED; port += 1) {
    if (await options.isFree(port)) return port;
  }
  throw new NoFreePortError(FIRST_API_PORT, FIRST_API_PORT + PORTS_TRIED - 1);
}

/** Whether a server could listen on 127.0.0.1 at this port now. */
export function isLoopbackPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** Names the process that listens on the port as `program (pid N)`; undefined when it cannot be known. */
export function findListener(port: number): string | undefined {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return undefined;
  const pid = listDirectory('/proc').find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inodes));
  if (pid === undefined) return undefined;
  // The first words that are not flags: the program, and a script or subcommand.
  const words = (readProc(`/proc/${pid}/cmdline`) ?? '')
    .split('\0')
    .filter((word) => word !== '' && !word.startsWith('-'));
  return `${words.length === 0 ? 'a process' : words.slice(0, 2).join(' ')} (pid ${pid})`;
}

function listeningInodes(port: number): ReadonlySet<string> {
  const LISTEN = '0A';
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => (readProc(path) ?? '').split('\n').slice(1));
  const fields = lines.map((line) => line.trim().split(/\s+/));
  const listening = fields.filter((field) => field[1]?.endsWith(suffix) === true && field[3] === LISTEN);
  return new Set(listening.flatMap((field) => field[9] ?? []));
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  return listDirectory(`/proc/${pid}/fd`).some((descriptor) => {
    const inode = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${descriptor}`))?.[1];
    return inode !== undefined && inodes.has(inode);
  });
}

function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // Processes come and go while /proc is read.
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
