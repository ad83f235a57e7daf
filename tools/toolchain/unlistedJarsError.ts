/** Maven resolved other jars than those whose checksums are pinned; none was used. */
export class UnlistedJarsError extends Error {
  override readonly name = 'UnlistedJarsError';
  /** Jars that came and are not in the list. */
  readonly unknown: readonly string[];
  /** Jars that are in the list and did not come. */
  readonly missing: readonly string[];

  constructor(list: string, unknown: readonly string[], missing: readonly string[]) {
    const problems = [
      ...(unknown.length > 0 ? [`Maven brought jars that it does not list: ${unknown.join(', ')}`] : []),
      ...(missing.length > 0 ? [`Maven did not bring: ${missing.join(', ')}`] : []),
    ];
    super(`${list} does not fit the pom.xml beside it. ${problems.join('. ')}`);
    this.unknown = unknown;
    this.missing = missing;
  }
}
