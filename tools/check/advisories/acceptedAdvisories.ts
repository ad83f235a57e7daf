/** An advisory that does not fail the check for a while. */
export interface AcceptedAdvisory {
  /** The address that `npm audit` names, as `https://github.com/advisories/GHSA-…`. */
  readonly url: string;
  /** Why it does not concern us, or what we wait for. */
  readonly reason: string;
  /** The last day that it is accepted on, as `2026-01-31` (UTC). */
  readonly until: string;
}

/** What is accepted now. Nothing. */
export const acceptedAdvisories: readonly AcceptedAdvisory[] = [];
