import { readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { readProc } from './processIdentity.ts';

/**
 * Whether a server could listen on 127.0.0.1 at this port now.
 * @throws the system's error when it is not allowed to, as on a port below 1024.
 */
export async function isLoopbackPortFree(port: number): Promise<boolean> {
  return (await tryLoopbackPort(port)) !== undefined;
}

/** A port on 127.0.0.1 that nobody listens on now, chosen by the kernel. */
export async function findFreeLoopbackPort(): Promise<number> {
  const port = await tryLoopbackPort(0);
  if (port === undefined) throw new Error('no port on 127.0.0.1 is free');
  return port;
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

function tryLoopbackPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
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
