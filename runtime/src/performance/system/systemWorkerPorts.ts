import type { ReadingRound } from '../metricReading.ts';

/** Why a thread has nothing to tell of what is measured from one reading to the next: it has read once. */
export const ONE_READING_ONLY = 'needs a reading before this one';

/** What the thread answers. */
export interface SystemAnswer extends ReadingRound {
  /** Which it was asked for. */
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
  /** Asks for a round, whose number tells its answer from those to earlier questions. */
  readonly ask: (round: number) => void;
  readonly stop: () => void;
}

/** What the thread is given when it starts. */
export interface SystemWorkerData {
  /** How long each source may take. */
  readonly timeoutMillis: number;
}

/** Starts a thread that reads the machine. */
export type StartSystemWorker = (events: SystemWorkerEvents, data: SystemWorkerData) => SystemWorker;
