import type { Policy, PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { exemptionProperties, parameterProperties } from '../configuration/configurationSchema.ts';
import { defaultLevel } from '../configuration/resolveSettings.ts';
import { checkObject, checkStack } from '../evaluation/checkRule.ts';
import { exemptionOf } from '../evaluation/evaluate.ts';
import { isExpired, type Exemption } from '../evaluation/exemption.ts';
import { describeFinding, type Finding, type RuleSettings } from '../evaluation/finding.ts';
import { defaultParameters } from '../parameters.ts';
import type { Rule } from '../rule.ts';
import { objectsOfResource } from './objectsOfResource.ts';

/** What the engine hands a policy of its configuration: parameters, and exemptions without the rule's name. */
interface EngineConfiguration {
  readonly exemptions?: readonly Omit<Exemption, 'rule'>[];
  readonly [parameter: string]: unknown;
}

/**
 * A rule as a policy of Pulumi's.
 *
 * The engine reports a mandatory policy that met an unknown value as an advice that "can't run", and lets the preview pass. Here it is a
 * violation like any other, so that nothing passes unseen.
 *
 * @param environment - Decides the level where Pulumi's configuration of the pack says none.
 * @param now - The time, for exemptions that expire.
 */
export function policyOf(
  rule: Rule,
  environment: string,
  now: () => Date,
): ResourceValidationPolicy | StackValidationPolicy {
  const facts: Policy = {
    name: rule.name,
    description: rule.asks,
    enforcementLevel: defaultLevel(rule, environment),
    severity: rule.severity,
    url: rule.link,
    configSchema: configSchemaOf(rule),
  };
  if (rule.subject === 'stack')
    return {
      ...facts,
      validateStack: (args, report) => {
        const settings = settingsOf(rule, args.getConfig<EngineConfiguration>());
        const found = checkStack(rule, args.resources.flatMap(objectsOfResource), settings);
        for (const finding of heldAgainst(found, settings, now())) report(describeFinding(finding), urnOf(finding));
      },
    };
  return {
    ...facts,
    validateResource: (args, report) => {
      const objects = objectsOfResource(args);
      if (objects.length === 0) return;
      const settings = settingsOf(rule, args.getConfig<EngineConfiguration>());
      const found = objects.flatMap((object) => [...checkObject(rule, object, settings)]);
      for (const finding of heldAgainst(found, settings, now())) report(describeFinding(finding));
    },
  };
}

function configSchemaOf(rule: Rule): PolicyConfigSchema {
  const exemption = {
    type: 'object' as const,
    properties: { ...exemptionProperties },
    required: ['resource', 'reason', 'expires'],
    additionalProperties: false,
  };
  return { properties: { ...parameterProperties(rule), exemptions: { type: 'array', items: exemption } } };
}

/** The level is the engine's affair: it does not ask a disabled policy at all. */
function settingsOf(rule: Rule, { exemptions = [], ...parameters }: EngineConfiguration): RuleSettings {
  return {
    level: 'mandatory',
    parameters: { ...defaultParameters(rule.parameters), ...parameters },
    exemptions: exemptions.map((exemption) => ({ ...exemption, rule: rule.name })),
  };
}

function* heldAgainst(found: Iterable<Finding>, { exemptions }: RuleSettings, now: Date): Iterable<Finding> {
  const holding = exemptions.filter((exemption) => !isExpired(exemption, now));
  for (const finding of found) if (exemptionOf(finding, holding) === undefined) yield finding;
}

function urnOf({ object }: Finding): string | undefined {
  return object !== undefined && 'urn' in object.source ? object.source.urn : undefined;
}
