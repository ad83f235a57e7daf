/** What a container used of the processors since it started, and how much it may use. */
export interface ContainerProcessors {
  readonly userSeconds: number;
  readonly systemSeconds: number;
  /** How many processors it may use, by its quota: `0.5`; `undefined` where it has none. */
  readonly limit: number | undefined;
}

/** What a container has of the memory, and how much it may have. */
export interface ContainerMemory {
  /** All of it, pages of files that the kernel keeps in the hope that they are read again included. */
  readonly usageBytes: number;
  /** What the kernel cannot just drop: what a limit is about (Kubernetes evicts and shows by it). */
  readonly workingSetBytes: number;
  /** `undefined` where it has none. */
  readonly limitBytes: number | undefined;
}
