/** What a check can come to, from the best to the worst. What could not be looked at is never counted as well. */
export const outcomes = ['ok', 'warning', 'unchecked', 'failed'] as const;

/** One of {@link outcomes}. */
export type Outcome = (typeof outcomes)[number];

/** What was seen where all is as it should be. */
interface SoundFinding {
  readonly outcome: 'ok';
}

/** What was seen where something is not, or could not be looked at. */
interface UnsoundFinding {
  readonly outcome: Exclude<Outcome, 'ok'>;
  /** What to do about it, as a sentence that a person can follow. */
  readonly mend: string;
}

/** One thing that a check looked at. No text of it holds a secret: reports are sent around. */
export type Finding = (SoundFinding | UnsoundFinding) & {
  /** What was looked at, such as `Deployment tracing/jaeger-collector`. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
  /** How long what was tried took, where that says something: such as a span until it could be found. */
  readonly seconds?: number;
};

/** The worst of them; `ok` of none. */
export function worstOf(found: readonly Outcome[]): Outcome {
  return found.reduce<Outcome>(
    (worst, each) => (outcomes.indexOf(each) > outcomes.indexOf(worst) ? each : worst),
    'ok',
  );
}
