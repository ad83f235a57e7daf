import { checkRule } from '../evaluation/checkRule.ts';
import { exemptionOf } from '../evaluation/evaluate.ts';
import { isExpired, matches, type Exemption } from '../evaluation/exemption.ts';
import { describeFinding, type RuleSettings } from '../evaluation/finding.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Level, Rule } from '../rule.ts';
import type { ReadResources, UnreadableResource } from './readResources.ts';

/** What a rule tells the engine. */
export interface Violation {
  readonly message: string;
  /** Of which resource, where it is one's. */
  readonly urn?: string;
  /** Mandatory for a rule that is broken, and for an exemption that is over, whatever the level of the rule. */
  readonly level: Level;
}

/** What a rule says of resources, without what is exempt; nothing, where it is disabled. */
export function* violationsOf(
  rule: Rule,
  { objects, unreadable }: ReadResources,
  settings: RuleSettings,
  now: Date,
): Iterable<Violation> {
  const { level } = settings;
  if (level === 'disabled') return;
  for (const one of unreadable) yield { ...unreadableResource(one), level };
  const expired = settings.exemptions.filter((exemption) => isExpired(exemption, now));
  const holding = settings.exemptions.filter((exemption) => !expired.includes(exemption));
  for (const finding of checkRule(rule, objects, settings))
    if (exemptionOf(finding, holding) === undefined)
      yield { message: describeFinding(finding), ...urnOf(finding.object), level: finding.level };
  yield* expiredViolations(expired, objects);
}

function* expiredViolations(expired: readonly Exemption[], objects: readonly KubernetesObject[]): Iterable<Violation> {
  for (const exemption of expired)
    for (const object of objects.filter((one) => matches(exemption, one)))
      yield {
        message: `${object.identity}: its exemption (${exemption.resource}) expired on ${exemption.expires}. Fix: take it out, or renew it with its reason`,
        ...urnOf(object),
        level: 'mandatory',
      };
}

function unreadableResource({ resource, error }: UnreadableResource): Omit<Violation, 'level'> {
  const { name, urn, type } = resource;
  const message = `${type} "${name}": ${error.field} is known only after the deployment, so that the rule could not run. Fix: name its objects one by one`;
  return { message, urn };
}

function urnOf(object: KubernetesObject | undefined): { readonly urn?: string } {
  return object !== undefined && 'urn' in object.source ? { urn: object.source.urn } : {};
}
