import type { ReadingRound } from '../reading.ts';

/** What the sampler asks the thread that reads. */
export interface SystemQuestion {
  /** Tells the answer from those to earlier questions. */
  readonly round: number;
  /** How long each source may take. */
  readonly timeoutMillis: number;
}

/** What the thread answers. */
export interface SystemAnswer extends ReadingRound {
  readonly round: number;
}

/** What the thread that reads tells. */
export interface SystemWorkerEvents {
  readonly onAnswer: (answer: SystemAnswer) => void;
  /** It is no more, and why. */
  readonly onEnd: (reason: string) => void;
}

/** A thread that reads the machine. It does not keep the process alive. */
export interface SystemWorker {
  readonly ask: (question: SystemQuestion) => void;
  readonly stop: () => void;
}

/** Starts a thread that reads the machine. */
export type StartSystemWorker = (events: SystemWorkerEvents) => SystemWorker;
