import type { HostProcess, TerminationSignal, UncaughtOrigin } from '../../runtime/src/core/hostProcess.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A process whose clock and signals a test drives. */
export class FakeHost implements HostProcess {
  readonly environment: Record<string, string | undefined>;
  readonly files: Readonly<Record<string, string>>;
  readonly warnings: Error[] = [];
  readonly raised: TerminationSignal[] = [];
  #now = 0;
  #timers: Timer[] = [];
  readonly #listeners: Record<TerminationSignal, (() => void)[]> = { SIGTERM: [], SIGINT: [] };
  readonly #exitListeners = new Set<() => void>();
  readonly #endListeners = new Set<(exitCode: number) => void>();
  readonly #rejectionListeners = new Set<(reason: unknown) => void>();
  readonly #uncaughtListeners = new Set<(thrown: unknown, origin: UncaughtOrigin) => void>();

  constructor(environment: Record<string, string | undefined> = {}, files: Readonly<Record<string, string>> = {}) {
    this.environment = environment;
    this.files = files;
  }

  readonly readTextFile = (path: string): string => {
    const text = this.files[path];
    if (text === undefined) throw new Error(`ENOENT: no such file ${path}`);
    return text;
  };

  readonly hostName = 'a-pod';
  readonly pid = 7;

  /** By how much somebody set the wall clock. */
  wallShiftMillis = 0;

  /** 2026-11-27T00:00:00Z and what `advance` added. */
  readonly wallMillis = (): number => 1_795_737_600_000 + this.#now + this.wallShiftMillis;

  readonly monotonicMillis = (): number => this.#now;

  readonly schedule = (callback: () => void, delayMillis: number): (() => void) => {
    const timer = { at: this.#now + delayMillis, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** How many wait for work that does not keep the process alive. */
  waiting = 0;

  readonly keepAlive = (): (() => void) => {
    this.waiting += 1;
    return () => {
      this.waiting -= 1;
    };
  };

  readonly warn = (warning: Error): void => {
    this.warnings.push(warning);
  };

  readonly onSignal = (signal: TerminationSignal, listener: () => void): (() => void) => {
    this.#listeners[signal].unshift(listener);
    return () => {
      this.#listeners[signal] = this.#listeners[signal].filter((other) => other !== listener);
    };
  };

  readonly signalListenerCount = (signal: TerminationSignal): number => this.#listeners[signal].length;

  readonly raise = (signal: TerminationSignal): void => {
    this.raised.push(signal);
  };

  readonly onBeforeExit = (listener: () => void): (() => void) => {
    this.#exitListeners.add(listener);
    return () => this.#exitListeners.delete(listener);
  };

  readonly onExit = (listener: (exitCode: number) => void): (() => void) => {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  };

  readonly onUncaught = (listener: (thrown: unknown, origin: UncaughtOrigin) => void): (() => void) => {
    this.#uncaughtListeners.add(listener);
    return () => this.#uncaughtListeners.delete(listener);
  };

  readonly onSurvivedRejection = (listener: (reason: unknown) => void): (() => void) => {
    this.#rejectionListeners.add(listener);
    return () => this.#rejectionListeners.delete(listener);
  };

  /** Number of timers that wait. */
  get timerCount(): number {
    return this.#timers.length;
  }

  /** Moves the clock and runs the timers that are due. */
  advance(millis: number): void {
    this.#now += millis;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }

  /** Delivers a signal to every listener. */
  deliver(signal: TerminationSignal): void {
    for (const listener of [...this.#listeners[signal]]) listener();
  }

  /** The process has nothing left to do. */
  runOut(): void {
    for (const listener of this.#exitListeners) listener();
  }

  /** The process ends by itself. */
  exit(exitCode: number): void {
    for (const listener of this.#endListeners) listener(exitCode);
  }

  /** Something was thrown that nobody catches. */
  throwUncaught(thrown: unknown, origin: UncaughtOrigin = 'uncaughtException'): void {
    for (const listener of this.#uncaughtListeners) listener(thrown, origin);
  }

  /** A promise is rejected that nobody handles, and the application listens for that. */
  rejectAndSurvive(reason: unknown): void {
    for (const listener of this.#rejectionListeners) listener(reason);
  }
}

/** Lets promises that are settled run their continuations. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
