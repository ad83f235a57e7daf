import type { BusyPart } from './loadStep.ts';

/** What one step of a load on the example came to. */
export interface ApplicationStep {
  /** Requests a second that were to be sent. */
  readonly offered: number;
  /** Requests a second that were answered. */
  readonly answered: number;
  /** Seconds that requests took. */
  readonly p50Seconds: number;
  readonly p99Seconds: number;
  /** Requests that failed: an answer of 400 or more, none in time, a broken connection. */
  readonly failed: number;
  /** Spans that the tracers of the example made in it, and those that they dropped. */
  readonly spansCreated: number;
  readonly spansDropped: number;
  readonly busy: readonly BusyPart[];
}

/** The longest that one in a hundred requests may take, before the example counts as overloaded. */
export const mostP99Seconds = 2;
const leastPace = 0.9;

/** Why the example, or the machine, says stop at a step; undefined while it carries the load. */
export function applicationStopReason(step: ApplicationStep): string | undefined {
  if (step.failed > 0) return `${step.failed} requests failed`;
  if (step.answered < step.offered * leastPace)
    return `${step.answered.toFixed(0)} of ${step.offered} requests a second were answered`;
  if (step.p99Seconds > mostP99Seconds)
    return `one in a hundred requests took ${step.p99Seconds.toFixed(1)} s and more`;
  if (step.spansDropped > 0) return `the tracers dropped ${step.spansDropped} of ${step.spansCreated} spans`;
  return undefined;
}
