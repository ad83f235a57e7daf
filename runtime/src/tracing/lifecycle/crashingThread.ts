/** What a crash record has to know of the thread that it is written in. */
export interface CrashingThread {
  /** 0 is the main thread, what is higher a worker thread. */
  readonly id: number;
  /** Whether the application catches what nobody else did, so that the thread lives on. */
  readonly catchesUncaught: () => boolean;
}
