/** What a matrix of attacks came to. */
export interface AttackResult {
  /** Flows or verbs that were tried, allowed and forbidden ones. */
  readonly cells: number;
  /** Those that were not as they should be, each in words. */
  readonly wrong: readonly string[];
}
