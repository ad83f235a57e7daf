import type {
  Policy,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from '@pulumi/policy';
import { exemptionProperties, parameterProperties } from '../configuration/configurationSchema.ts';
import { defaultLevel } from '../configuration/resolveSettings.ts';
import type { Exemption } from '../evaluation/exemption.ts';
import { defaultParameters } from '../parameters.ts';
import type { Rule } from '../rule.ts';
import type { EngineResource } from './objectsOfResource.ts';
import { violationsOf, type Violation } from './violationsOf.ts';

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
  const look = (
    resources: readonly EngineResource[],
    configured: EngineConfiguration,
    report: ReportViolation,
  ): void => {
    const { exemptions = [], ...parameters } = configured;
    const settings = {
      parameters: { ...defaultParameters(rule.parameters), ...parameters },
      exemptions: exemptions.map((exemption) => ({ ...exemption, rule: rule.name })),
    };
    for (const violation of violationsOf(rule, resources, settings, now())) tell(rule, violation, report);
  };
  return rule.subject === 'stack'
    ? { ...facts, validateStack: (args, report) => look(args.resources, args.getConfig(), report) }
    : { ...facts, validateResource: (args, report) => look([args], args.getConfig(), report) };
}

/** @pulumi/policy 1.21 takes a level of a violation's own, though its types do not say so (server.js, `makeReportViolationFun`). */
function tell({ asks }: Rule, { message, urn, fatal }: Violation, report: ReportViolation): void {
  if (!fatal) report(message, urn);
  else Reflect.apply(report, undefined, [{ message: `${asks}\n${message}`, urn, enforcementLevel: 'mandatory' }]);
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
