import type { Settings } from '../evaluation/evaluate.ts';
import type { Level, Rule } from '../rule.ts';

/** How the engine is told to apply a policy. */
export interface PolicyConfiguration {
  readonly enforcementLevel: Level;
  /** Parameters of the rule, and `exemptions`. */
  readonly [setting: string]: unknown;
}

/** Policies by name, in the form that `pulumi preview --policy-pack-config` takes. */
export type PackConfiguration = Readonly<Record<string, PolicyConfiguration>>;

/** The settings of rules as the engine takes them: whole, so that it needs no default of the pack. */
export function packConfiguration(rules: readonly Rule[], settings: Settings): PackConfiguration {
  return Object.fromEntries(
    rules.map((rule) => {
      const { level, parameters, exemptions } = settings(rule);
      // The name of the rule, and environments, are not for the engine: its schema refuses them.
      const own = exemptions.map(({ resource, reason, expires }) => ({ resource, reason, expires }));
      return [rule.name, { ...parameters, ...(own.length === 0 ? {} : { exemptions: own }), enforcementLevel: level }];
    }),
  );
}
