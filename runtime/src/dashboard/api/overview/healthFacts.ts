import type { MergedErrors } from './mergeErrors.ts';
import type { Finding, RaisedLimit, RequestsPart, ShownLevel, ShownRequests, SpansPart } from './overviewSchema.ts';

/** What rules look at of requests. */
export interface RequestFacts extends ShownRequests {
  readonly usual: RequestsPart['usual'];
  /** How many would have ended in the last five minutes, by the rate of the hour before. */
  readonly expected: number;
  /** When requests ended last before these, in milliseconds since 1970, to some minutes. */
  readonly lastEndedMillis: number | undefined;
}

/** What rules look at: of all instances together. */
export interface HealthFacts {
  /** Milliseconds since 1970. */
  readonly nowMillis: number;
  /** `undefined` where no instance tracks requests. */
  readonly requests: RequestFacts | undefined;
  readonly errors: Pick<MergedErrors, 'appeared' | 'regressed' | 'spiking'> | undefined;
  readonly levels: readonly ShownLevel[] | undefined;
  readonly raised: readonly (RaisedLimit & { readonly instance: string })[];
  /** Of each instance that traces. */
  readonly spans: readonly (SpansPart & { readonly instance: string })[];
}

/** What a rule has found; its name and threshold are the rule's. */
export type Found = Omit<Finding, 'rule' | 'threshold'>;

/** Something that is looked at to tell whether it is well. */
export interface HealthRule {
  readonly name: string;
  /** For people: from when on it finds something. */
  readonly threshold: string;
  /** What is not well; nothing where it is, or where too little is known. */
  readonly judge: (facts: HealthFacts) => readonly Found[];
}
