import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** How a process is started. */
export interface TestProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of a test, with all that it wrote. */
export class TestProcess {
  readonly #child: ChildProcess;
  readonly #end: Promise<ProcessEnd>;
  #output = '';

  constructor({ command, args, environment, cwd }: TestProcessOptions) {
    this.#child = spawn(command, args, { env: environment ?? process.env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const append = (chunk: Buffer): void => {
      this.#output += chunk.toString('utf8');
    };
    this.#child.stdout?.on('data', append);
    this.#child.stderr?.on('data', append);
    this.#end = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      // `close` comes after the last of the output, `exit` may come before it.
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.#end.catch(() => undefined);
  }

  /** Its id, as paths of /proc have it. @throws Error when it could not be started. */
  get pid(): string {
    if (this.#child.pid === undefined) throw new Error(`${this.#child.spawnfile} could not be started`);
    return String(this.#child.pid);
  }

  /** Everything that was written to standard output and standard error so far. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Waits for the process to end by itself. */
  async end(): Promise<ProcessEnd> {
    return this.#end;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends the process, by force where it takes longer than five seconds. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<ProcessEnd> {
    if (!this.hasEnded) this.#child.kill(signal);
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    try {
      return await this.#end;
    } finally {
      clearTimeout(force);
    }
  }

  /** Waits until `isReady` holds; throws with the process's output when it ends before or the limit, 30 s by default, is over. */
  async waitUntil(isReady: () => boolean | Promise<boolean>, limitMillis = 30_000): Promise<void> {
    const deadline = performance.now() + limitMillis;
    while (!(await isReady())) {
      if (this.hasEnded || performance.now() > deadline) {
        throw new Error(
          `${this.#child.spawnargs.join(' ')} ${this.hasEnded ? 'ended' : 'is not ready'}:\n${this.#output}`,
        );
      }
      await delay(50);
    }
  }
}

/** Whether something answers an HTTP GET with a status below 400. */
export async function answersHttp(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
