import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A socket that waits for others. */
export interface ListeningSocket {
  readonly protocol: 'TCP' | 'UDP';
  /** `any` address of the namespace, its `loopback`, or one address, as IPv4 writes it. */
  readonly address: string;
  readonly port: number;
  /** The name of the program that has it, as `ps` shows it; the kernel's own have none. */
  readonly program: string | undefined;
  /** Host name in the namespace of the program: a pod's name, or the node's. */
  readonly hostName: string;
}

const files = { tcp: 'TCP', tcp6: 'TCP', udp: 'UDP', udp6: 'UDP' } as const;

/**
 * Every socket that waits in the network namespaces of a process and of all that it has started, as the kernel lists them
 * (proc(5), `net/tcp` and the like). Of a namespace that is ours too, only what these processes have opened.
 */
export function listeningSockets(rootPid: number): readonly ListeningSocket[] {
  const pids = withDescendants(rootPid);
  const owners = socketOwners(pids);
  const ours = linkAt(`/proc/self/ns/net`);
  const spaces = new Map<string, number>();
  for (const pid of pids) {
    const space = linkAt(`/proc/${pid}/ns/net`);
    // The first process of a pod is the one whose host name is the pod's.
    if (space !== undefined && !spaces.has(space)) spaces.set(space, pid);
  }
  return [...spaces].flatMap(([space, pid]) =>
    Object.entries(files).flatMap(([file, protocol]) =>
      linesOf(`/proc/${pid}/net/${file}`).flatMap((line) => {
        const found = parseSocket(line, protocol);
        if (found === undefined) return [];
        const owner = owners.get(found.inode);
        if (space === ours && owner === undefined) return [];
        const { inode: _inode, ...socket } = found;
        const program = owner === undefined ? undefined : textAt(`/proc/${owner}/comm`)?.trim();
        return [{ ...socket, program, hostName: hostNameOf(owner ?? pid) }];
      }),
    ),
  );
}

/** A line of the kernel's table: a socket that waits, or `undefined` for one that is joined to another. */
export function parseSocket(
  line: string,
  protocol: 'TCP' | 'UDP',
): (Pick<ListeningSocket, 'protocol' | 'address' | 'port'> & { readonly inode: string }) | undefined {
  const fields = line.trim().split(/\s+/);
  const [, local = '', remote = '', state, , , , , , inode = ''] = fields;
  const [address = '', port = ''] = local.split(':');
  // TCP_LISTEN; for UDP any socket that was connected to nobody (TCP_CLOSE).
  if (state !== (protocol === 'TCP' ? '0A' : '07') || !/^0+:0000$/.test(remote)) return undefined;
  return { protocol, address: shownAddress(address), port: Number.parseInt(port, 16), inode };
}

function shownAddress(hex: string): string {
  if (/^0+$/.test(hex)) return 'any';
  // Words of 32 bits, each with its bytes turned round; an IPv4 address may stand at the end of an IPv6 one.
  const words = (hex.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join(''));
  const bytes = words.join('');
  if (bytes === '0'.repeat(31) + '1') return 'loopback';
  if (bytes.length === 32 && !bytes.startsWith('0'.repeat(20))) return bytes;
  const last = (bytes.slice(-8).match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  if (last.every((byte) => byte === 0)) return 'any';
  return last[0] === 127 ? 'loopback' : last.join('.');
}

function withDescendants(root: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name): [number, number] => [Number(name), parentOf(Number(name))]),
  );
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(textAt(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
}

function socketOwners(pids: readonly number[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const pid of pids)
    for (const descriptor of namesIn(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkAt(`/proc/${pid}/fd/${descriptor}`) ?? '')?.[1];
      if (inode !== undefined && !owners.has(inode)) owners.set(inode, pid);
    }
  return owners;
}

function hostNameOf(pid: number): string {
  return textAt(`/proc/${pid}/root/etc/hostname`)?.trim() ?? '';
}

function linesOf(path: string): readonly string[] {
  return (textAt(path) ?? '')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '');
}

// A process may end while it is looked at: what it had is gone with it.
function textAt(path: string): string | undefined {
  return unlessGone(() => readFileSync(path, 'utf8'));
}

function linkAt(path: string): string | undefined {
  return unlessGone(() => readlinkSync(path));
}

function namesIn(path: string): readonly string[] {
  return unlessGone(() => readdirSync(path)) ?? [];
}

function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
