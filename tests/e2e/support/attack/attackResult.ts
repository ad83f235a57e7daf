/** What a matrix of attacks came to. */
export interface AttackResult {
  /** Flows or verbs that were tried, allowed and forbidden ones. */
  readonly cells: number;
  /** Those of them that must pass. */
  readonly needed: number;
  /** Those that must be refused. */
  readonly forbidden: number;
  /** Those that were not as they should be, each in words; sorted. */
  readonly wrong: readonly string[];
}

/** Counts cells both ways. */
export function attackResult(expected: readonly boolean[], wrong: readonly string[]): AttackResult {
  const needed = expected.filter(Boolean).length;
  return { cells: expected.length, needed, forbidden: expected.length - needed, wrong: [...wrong].sort() };
}

/** A result for a person. */
export function attackInWords({ cells, needed, forbidden, wrong }: AttackResult): string {
  return `${cells} cells tried (${needed} needed, ${forbidden} forbidden), ${wrong.length} wrong`;
}
