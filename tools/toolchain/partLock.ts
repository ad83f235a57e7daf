import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

import type { Environment } from './part.ts';

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface PartLockOptions {
  readonly path: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Called once if another run holds the lock; `undefined` when it has not said who it is. */
  readonly onWait: (holder: LockHolder | undefined) => void;
}

export interface PartLock {
  readonly release: () => Promise<void>;
}

const conflictExitCode = 75;
const heldMessage = 'held';

/**
 * Takes a lock between processes, waiting while another holds it. The kernel holds it on behalf of a small child that ends
 * when its standard input does: however this process ends, the lock is free again, and no lock file has to be judged stale.
 *
 * @throws the signal's reason, when aborted while it waits
 */
export async function takePartLock(options: PartLockOptions): Promise<PartLock> {
  await mkdir(dirname(options.path), { recursive: true });
  let holder = startHolder(options, ['--nonblock', '--conflict-exit-code', String(conflictExitCode)]);
  let outcome = await holder.outcome;
  if (outcome === conflictExitCode) {
    options.onWait(await readHolder(options.path));
    holder = startHolder(options, []);
    outcome = await holder.outcome;
  }
  options.signal.throwIfAborted();
  if (outcome !== heldMessage) throw new Error(`cannot lock ${options.path}: flock ended with ${String(outcome)}`);
  await writeFile(
    holderPath(options.path),
    JSON.stringify({ pid: process.pid, since: new Date(options.now()).toISOString() }),
  );
  return { release: holder.release };
}

function startHolder(options: PartLockOptions, conflictOptions: readonly string[]) {
  const script = `echo ${heldMessage}; exec cat >/dev/null`;
  const child = spawn('flock', ['--exclusive', ...conflictOptions, '--no-fork', options.path, 'sh', '-c', script], {
    env: options.environment,
    stdio: ['pipe', 'pipe', 'inherit'],
    // A terminal's Ctrl-C reaches the whole foreground group: the lock has to outlive it until this process lets go.
    detached: true,
  });
  const end = () => child.kill('SIGKILL');
  options.signal.addEventListener('abort', end, { once: true });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const held = once(createInterface(child.stdout), 'line').then(() => heldMessage);
  const release = async () => {
    options.signal.removeEventListener('abort', end);
    end();
    await ended;
  };
  return { outcome: Promise.race([held, ended]), release };
}

function holderPath(path: string): string {
  return `${path}.holder.json`;
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(holderPath(path), 'utf8'));
    return isLockHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isLockHolder(value: unknown): value is LockHolder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'since' in value &&
    typeof value.since === 'string'
  );
}
