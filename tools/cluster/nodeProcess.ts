import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { enterCgroups } from './cgroups.ts';
import type { NodeLayout } from './clusterLayout.ts';
import { NodeBootError } from './errors/nodeBootError.ts';
import { readLastLines } from './logTail.ts';
import { initScript, type NodePrograms } from './nodeScripts.ts';
import { readJsonIfPresent, writePrivateFile } from '../process/privateFiles.ts';
import {
  identifyProcess,
  isSameProcessAlive,
  parseProcessIdentity,
  type ProcessIdentity,
} from '../process/processIdentity.ts';
import { killProcess } from './killProcess.ts';

/** The first process of a node's namespaces; all others end with it. */
export interface NodeProcess {
  readonly process: ProcessIdentity;
  /** What the node was started from. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What joins a node to the others or to the host: one veth pair, whose end in the node is named eth0. */
export interface NodeLink {
  /** Makes the pair, with one end in the process' network namespace. */
  readonly create: (pid: number) => Promise<void>;
  /** Removes the pair if it is there. */
  readonly remove: () => Promise<void>;
}

/** What {@link startNode} takes. */
export interface StartNodeOptions {
  readonly cgroupName: string;
  readonly layout: NodeLayout;
  readonly programs: NodePrograms;
  readonly link: NodeLink;
  readonly fingerprint: string;
}

const LOG_LINES = 15;
const HELLO_MILLIS = 10_000;

/** The recorded first process if that very process is alive, undefined otherwise. */
export function readLiveNode(layout: NodeLayout): NodeProcess | undefined {
  const value = readJsonIfPresent(layout.initFile);
  const process = parseProcessIdentity(value);
  if (process === undefined || !isSameProcessAlive(process)) return undefined;
  const { fingerprint, startedAt } =
    typeof value === 'object' && value !== null ? (value as Partial<Record<string, unknown>>) : {};
  return {
    process,
    fingerprint: typeof fingerprint === 'string' ? fingerprint : '',
    startedAt: typeof startedAt === 'number' ? startedAt : 0,
  };
}

/**
 * Starts the namespaces' first process, gives it its link and lets it boot. Its identity is written
 * before it does anything, and until it is told to go it ends with us: no unknown node is ever left.
 *
 * @throws NodeBootError when it ends before it could begin.
 */
export async function startNode(options: StartNodeOptions): Promise<NodeProcess> {
  const { cgroupName, layout, link } = options;
  writePrivateFile(layout.initScript, initScript(layout, options.programs), 0o700);
  writePrivateFile(layout.bootLog, '');
  const init = spawnInit(layout);
  try {
    const { fingerprint } = options;
    const node = { process: await readIdentity(init.output, layout), fingerprint, startedAt: Date.now() };
    writePrivateFile(
      layout.initFile,
      `${JSON.stringify({ ...node.process, fingerprint, startedAt: node.startedAt })}\n`,
    );
    enterCgroups(cgroupName, node.process.pid);
    await link.remove();
    await link.create(node.process.pid);
    init.input.write('go\n');
    return node;
  } finally {
    init.input.end();
    init.output.destroy();
  }
}

/** Ends the node and waits until it is gone. */
export async function stopNode(node: NodeProcess): Promise<void> {
  await killProcess(node.process, 'The first process of the node');
}

interface InitStreams {
  readonly input: Writable;
  readonly output: Readable;
}

// The shell leaves at once, and its child, the first in the new PID namespace, stays without a parent of
// ours. The child's input is descriptor 3, because ours for 0 is closed when the shell leaves.
function spawnInit(layout: NodeLayout): InitStreams {
  const log = openSync(layout.bootLog, 'a', 0o600);
  try {
    const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--propagation', 'private'];
    const child = spawn('unshare', [...namespaces, 'sh', '-c', 'sh "$0" <&3 3<&- & exit 0', layout.initScript], {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      detached: true,
      stdio: ['ignore', 'pipe', log, 'pipe'],
    });
    child.on('error', () => undefined); // Its closed output tells, together with the log.
    const [, output, , input] = child.stdio;
    if (!(output instanceof Readable) || !(input instanceof Writable))
      throw new Error('unshare was started without its pipes');
    return { input, output };
  } finally {
    closeSync(log);
  }
}

async function readIdentity(output: Readable, layout: NodeLayout): Promise<ProcessIdentity> {
  const lines = createInterface({ input: output });
  try {
    const signal = AbortSignal.timeout(HELLO_MILLIS);
    const answer: unknown[] = await Promise.race([
      once(lines, 'line', { signal }),
      once(lines, 'close', { signal }).then(() => []),
    ]);
    const process = identifyProcess(Number(answer[0]));
    if (process === undefined) throw new Error('it ended before it said its process id');
    return process;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new NodeBootError(detail, layout.bootLog, readLastLines(layout.bootLog, LOG_LINES), { cause: error });
  } finally {
    lines.close();
  }
}
