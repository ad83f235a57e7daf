import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';

import { LoggedCommandError } from './loggedCommandError.ts';
import type { Environment } from './part.ts';
import { withoutCredentials } from './withoutCredentials.ts';

export interface LoggedCommandOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment: Environment;
  /** Standard error, and standard output unless it is captured, are added to this file. */
  readonly logPath: string;
  /** Whether standard output is returned instead of logged. @defaultValue false */
  readonly capture?: boolean;
  readonly signal: AbortSignal;
}

const killDelayMillis = 5_000;

/**
 * Runs a command to its end and returns the captured standard output. An abort ends the command's whole process group;
 * should this process die, the kernel ends the command.
 *
 * @throws LoggedCommandError when it cannot be started or ends with another code than 0
 * @throws the signal's reason, when aborted
 */
export async function runLoggedCommand(options: LoggedCommandOptions): Promise<string> {
  options.signal.throwIfAborted();
  const log = await open(options.logPath, 'a');
  try {
    await log.write(`$ ${withoutCredentials([options.command, ...options.args].join(' '))}\n`);
    const { outcome, output } = await runToEnd(options, log.fd);
    options.signal.throwIfAborted();
    if (outcome !== 0) throw new LoggedCommandError(options.command, outcome);
    return output;
  } finally {
    await log.close();
  }
}

async function runToEnd(options: LoggedCommandOptions, logDescriptor: number) {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', options.command, ...options.args], {
    cwd: options.cwd,
    env: options.environment,
    stdio: ['ignore', options.capture === true ? 'pipe' : logDescriptor, logDescriptor],
    // A group of its own, so that an abort reaches compilers and package managers below it too.
    detached: true,
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const stopWatching = endGroupOnAbort(child.pid, options.signal);
  try {
    const outcome = await new Promise<number | string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
    return { outcome, output };
  } finally {
    stopWatching();
  }
}

function endGroupOnAbort(pid: number | undefined, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    signalGroup(pid, 'SIGTERM');
    timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), killDelayMillis);
  };
  signal.addEventListener('abort', end, { once: true });
  return () => {
    signal.removeEventListener('abort', end);
    clearTimeout(timer);
  };
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
