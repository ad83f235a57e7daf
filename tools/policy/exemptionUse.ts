import type { Evaluation } from '../../policies/evaluation/evaluate.ts';
import type { Exemption } from '../../policies/evaluation/exemption.ts';
import type { ReadConfiguration } from '../policyConfiguration/readPolicyConfiguration.ts';
import type { PlacedExemption } from './policyRun.ts';

/** What several evaluations together say of the exemptions of a configuration. */
export interface ExemptionUse {
  readonly expired: readonly PlacedExemption[];
  readonly unused: readonly PlacedExemption[];
}

/** An exemption that holds in several environments is used when one of them needs it. */
export function exemptionUse(
  { configuration, file = '', lineOf }: ReadConfiguration,
  evaluations: readonly Evaluation[],
): ExemptionUse {
  const expired = new Set<Exemption>(evaluations.flatMap((evaluation) => evaluation.expired));
  const unused = new Set<Exemption>(evaluations.flatMap((evaluation) => evaluation.unused));
  const used = new Set<Exemption>(evaluations.flatMap(({ exempted }) => exempted.map(({ exemption }) => exemption)));
  const placed = (configuration.exemptions ?? []).map((exemption) => ({
    exemption,
    place: { file, line: lineOf(exemption) },
  }));
  return {
    expired: placed.filter(({ exemption }) => expired.has(exemption)),
    unused: placed.filter(({ exemption }) => unused.has(exemption) && !used.has(exemption)),
  };
}
