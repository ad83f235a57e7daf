import { readdirSync, readFileSync } from 'node:fs';

/** The user has ended the command. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

/**
 * Hears the first SIGINT or SIGTERM from its creation until it is disposed of: the programs that this process has started are told to
 * end, so that what waits for them goes on at once, and from then on {@link throwIfInterrupted} throws, so that what they ran on is
 * removed by whoever made it. A second signal ends the process as if nobody listened.
 */
export class Interruption implements Disposable {
  #signal: NodeJS.Signals | undefined;

  constructor() {
    process.on('SIGINT', this.#hear).on('SIGTERM', this.#hear);
  }

  /** What was heard; `undefined` while nothing was. */
  get signal(): NodeJS.Signals | undefined {
    return this.#signal;
  }

  /** @throws InterruptedError once a signal was heard */
  throwIfInterrupted(): void {
    if (this.#signal !== undefined) throw new InterruptedError(this.#signal);
  }

  [Symbol.dispose](): void {
    process.removeListener('SIGINT', this.#hear).removeListener('SIGTERM', this.#hear);
  }

  readonly #hear = (signal: NodeJS.Signals): void => {
    if (this.#signal === undefined) {
      // The listener stays: execa ends a process to whose signals nobody but itself listens.
      this.#signal = signal;
      for (const pid of childProcesses()) endProcess(pid);
    } else {
      this[Symbol.dispose]();
      process.kill(process.pid, signal);
    }
  };
}

/** Direct children of this process (proc(5), `task/TID/children`): npm and `bootstrap.mjs` pass the signal on to theirs. */
function childProcesses(): readonly number[] {
  return readdirSync('/proc/self/task').flatMap(childrenOf);
}

function childrenOf(thread: string): readonly number[] {
  try {
    return readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    // The thread has ended meanwhile: its children are another's.
    return [];
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}
