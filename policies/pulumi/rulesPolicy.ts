import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from '@pulumi/policy';
import { configurationProperties } from '../configuration/configurationSchema.ts';
import { resolveSettings, type PolicyConfiguration } from '../configuration/resolveSettings.ts';
import type { RuleSettings } from '../evaluation/finding.ts';
import type { Rule } from '../rule.ts';
import type { EngineResource } from './objectsOfResource.ts';
import { readResources } from './readResources.ts';
import { violationsOf, type Violation } from './violationsOf.ts';

/** What the engine can be told of the rules: what a configuration file says, and for which environment. */
export interface RulesPolicyConfiguration extends PolicyConfiguration {
  readonly environment?: string;
}

/** One policy that Pulumi asks about each resource by itself, and about all together. */
export type RulesPolicy = ResourceValidationPolicy & StackValidationPolicy;

/** By this name the engine's configuration of the pack knows the rules. */
export const rulesPolicyName = 'kubernetes';

const known = ['environment', 'rules', 'environments', 'exemptions'] as const;

/**
 * Rules as one policy of Pulumi's, which reports each violation under the name, the level and the severity of its rule.
 *
 * One, because @pulumi/policy 1.21 unpacks every resource anew for every policy: with a policy for each rule, that alone takes several
 * seconds for a thousand Deployments. A rule that met a value which a preview cannot know is a violation like any other: of a policy that throws
 * there, the engine says that it "can't run", and lets the preview pass.
 *
 * @param environment - Decides the levels of rules where the engine's configuration names no environment.
 * @param now - The time, for exemptions that expire.
 */
export function rulesPolicy(rules: readonly Rule[], environment: string, now: () => Date): RulesPolicy {
  const settingsFor = rememberLast((configured) => askedRules(rules, configured, environment));
  // What each resource was declared as. The engine shows all together as they will be, with what the cluster has filled in and others have
  // written: the number of pods that an autoscaler has chosen stands there as if the program had.
  const declared = new Map<string, EngineResource>();
  const look = (
    subject: Rule['subject'],
    resources: readonly EngineResource[],
    configured: RulesPolicyConfiguration,
    report: ReportViolation,
  ): void => {
    const read = readResources(resources);
    if (read.objects.length === 0 && read.unreadable.length === 0) return;
    const time = now();
    for (const [rule, settings] of settingsFor(configured))
      if (rule.subject === subject)
        for (const violation of violationsOf(rule, read, settings, time)) tell(rule, violation, report);
  };
  return {
    name: rulesPolicyName,
    description: 'What Tracewright asks of objects on Kubernetes; each rule reports under its own name.',
    enforcementLevel: 'mandatory',
    configSchema: configSchemaOf(rules),
    validateResource: (args, report) => {
      declared.set(args.urn, args);
      look('object', [args], args.getConfig(), report);
    },
    validateStack: (args, report) => {
      const resources = args.resources.map((resource) => declared.get(resource.urn) ?? resource);
      look('stack', resources, args.getConfig(), report);
    },
  };
}

type AskedRules = readonly (readonly [Rule, RuleSettings])[];

function askedRules(
  rules: readonly Rule[],
  { environment, ...configuration }: RulesPolicyConfiguration,
  fallback: string,
): AskedRules {
  requireKnown(Object.keys(configuration));
  const settings = resolveSettings(rules, configuration, environment ?? fallback);
  return rules.map((rule) => [rule, settings(rule)] as const).filter(([, { level }]) => level !== 'disabled');
}

/** The engine's schemas have no `additionalProperties`: what is misspelt would not be heard, and nobody told. */
function requireKnown(names: readonly string[]): void {
  const odd = names.filter((name) => !known.some((one) => one === name));
  if (odd.length > 0)
    throw new Error(
      `configuration of "${rulesPolicyName}": ${odd.join(', ')} is not known here; allowed: ${known.join(', ')}`,
    );
}

/** The engine hands the same configuration out for every resource, in a new mapping. */
function rememberLast(
  resolve: (configured: RulesPolicyConfiguration) => AskedRules,
): (configured: RulesPolicyConfiguration) => AskedRules {
  let last: { readonly configured: RulesPolicyConfiguration; readonly asked: AskedRules } | undefined;
  return (configured) => {
    if (last === undefined || !isSame(last.configured, configured)) last = { configured, asked: resolve(configured) };
    return last.asked;
  };
}

function isSame(one: RulesPolicyConfiguration, other: RulesPolicyConfiguration): boolean {
  return known.every((name) => one[name] === other[name]);
}

/**
 * @pulumi/policy 1.21 takes a violation under another name, with a level of its own, though its types do not say so (server.js,
 * `makeReportViolationFun`).
 */
function tell({ name, asks, severity }: Rule, { message, urn, level }: Violation, report: ReportViolation): void {
  const violation = { name, description: asks, message: `${asks}\n${message}`, urn, enforcementLevel: level, severity };
  Reflect.apply(report, undefined, [violation]);
}

function configSchemaOf(rules: readonly Rule[]): PolicyConfigSchema {
  const environment = { type: 'string', description: 'The environment whose levels and exceptions hold.' };
  return { properties: { environment, ...configurationProperties(rules) } } as PolicyConfigSchema;
}
