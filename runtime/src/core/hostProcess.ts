/** The signals that ask a process to end and that it may still answer. */
export type TerminationSignal = 'SIGTERM' | 'SIGINT';

/** Where something that nobody caught came from. */
export type UncaughtOrigin = 'uncaughtException' | 'unhandledRejection';

/** Undoes what returned it. Calling it again does nothing. */
export type Dispose = () => void;

/**
 * What the runtime needs of the process it lives in. The real one is `nodeHostProcess()`; tests give their own.
 */
export interface HostProcess {
  /** The environment variables as they are now: what the process changes in them shows. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The whole text of a UTF-8 file. Throws what the file system says when it cannot be read. */
  readonly readTextFile: (path: string) => string;
  /** Name of the machine; in Kubernetes, of the pod. */
  readonly hostName: string;
  /** Identifies the process on its machine. */
  readonly pid: number;
  /** Milliseconds since 1970. The clock may be set, also back. */
  readonly wallMillis: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMillis: () => number;
  /** Runs `callback` once after `delayMillis`, without keeping the process alive for it. */
  readonly schedule: (callback: () => void, delayMillis: number) => Dispose;
  /** Keeps the process alive until it is undone: somebody waits for work that by itself would not. */
  readonly keepAlive: () => Dispose;
  /** Shows a warning to whoever runs the process. */
  readonly warn: (warning: Error) => void;
  /** Calls `listener` first when `signal` arrives. */
  readonly onSignal: (signal: TerminationSignal, listener: () => void) => Dispose;
  /** How many listeners `signal` has: with none, the signal ends the process. */
  readonly signalListenerCount: (signal: TerminationSignal) => number;
  /** Sends `signal` to this process. */
  readonly raise: (signal: TerminationSignal) => void;
  /** Calls `listener` whenever the process has nothing left to do. */
  readonly onBeforeExit: (listener: () => void) => Dispose;
  /** Calls `listener` when the process ends by itself, with its exit code; whatever it starts is not waited for. */
  readonly onExit: (listener: (exitCode: number) => void) => Dispose;
  /**
   * Calls `listener` with whatever was thrown and caught by nobody, before anybody is told. What then becomes of the
   * process is not changed by listening.
   */
  readonly onUncaught: (listener: (thrown: unknown, origin: UncaughtOrigin) => void) => Dispose;
  /**
   * Calls `listener` with what promises were rejected with that nobody handled, where the process goes on all the same, as the
   * application listens for `unhandledRejection` itself, before it is told. What becomes of the process is not changed by
   * listening. Rejections that are handled late are among them.
   */
  readonly onSurvivedRejection: (listener: (reason: unknown) => void) => Dispose;
}
