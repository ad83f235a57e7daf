import type { Finding } from '../../../policies/evaluation/finding.ts';

/** Findings of one object, or of none, in the order in which they are to be read. */
export interface FindingGroup {
  /** `Deployment/tracing/jaeger-query`; the empty text for what is of no object. */
  readonly identity: string;
  readonly findings: readonly Finding[];
}

/** Mandatory findings first, then by object; what is alike stays in its order. */
export function sortedFindings(findings: readonly Finding[]): readonly Finding[] {
  // A name is put together anew each time that it is asked for.
  return findings
    .map((finding) => ({ finding, rank: rank(finding), identity: identityOf(finding) }))
    .sort((one, other) => one.rank - other.rank || compare(one.identity, other.identity))
    .map(({ finding }) => finding);
}

/** Findings by their objects; objects with a mandatory finding first. */
export function findingsByObject(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = Map.groupBy(sortedFindings(findings), identityOf);
  return [...groups].map(([identity, own]) => ({ identity, findings: own }));
}

function rank({ level }: Finding): number {
  return level === 'mandatory' ? 0 : 1;
}

function identityOf({ object }: Finding): string {
  return object?.identity ?? '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
