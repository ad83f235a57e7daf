import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import structs from 'google-protobuf/google/protobuf/struct_pb.js';
import { exemptionProperties, parameterProperties } from '../configuration/configurationSchema.ts';
import { defaultLevel } from '../configuration/resolveSettings.ts';
import type { Exemption } from '../evaluation/exemption.ts';
import type { RuleSettings } from '../evaluation/finding.ts';
import { defaultParameters } from '../parameters.ts';
import type { Level, Rule, Severity } from '../rule.ts';
import type { Analyzer } from './analyzer/serveAnalyzer.ts';
import type { EngineResource } from './objectsOfResource.ts';
import { readResources, violationsOf, type Violation } from './violationsOf.ts';

/** What {@link RulePack} needs. */
export interface RulePackOptions {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly rules: readonly Rule[];
  /** Decides the level of a rule where the engine's configuration says none. */
  readonly environment: string;
  /** The time, for exemptions that expire. */
  readonly now: () => Date;
}

const { ADVISORY, MANDATORY, DISABLED } = messages.EnforcementLevel;
const enforcementLevels = { disabled: DISABLED, advisory: ADVISORY, mandatory: MANDATORY } as const;
const severities: Readonly<Record<Severity, messages.PolicySeverity>> = {
  low: messages.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: messages.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: messages.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: messages.PolicySeverity.POLICY_SEVERITY_CRITICAL,
};

/**
 * Rules as a policy pack of Pulumi's: one policy for each.
 *
 * A rule that met a value which a preview cannot know is a violation like any other, so that nothing passes unseen.
 */
export class RulePack implements Analyzer {
  readonly version: string;
  readonly #options: RulePackOptions;
  #settings: ReadonlyMap<Rule, RuleSettings>;

  constructor(options: RulePackOptions) {
    this.version = options.version;
    this.#options = options;
    this.#settings = this.#resolve(undefined);
  }

  info(): messages.AnalyzerInfo {
    const { name, version, description, rules, environment } = this.#options;
    return new messages.AnalyzerInfo()
      .setName(name)
      .setVersion(version)
      .setDescription(description)
      .setSupportsconfig(true)
      .setPoliciesList(rules.map((rule) => policyOf(rule, environment)));
  }

  configure(request: messages.ConfigureAnalyzerRequest): void {
    this.#settings = this.#resolve(request);
  }

  analyze(resource: EngineResource): readonly messages.AnalyzeDiagnostic[] {
    return this.#ask('object', [resource]);
  }

  analyzeStack(resources: readonly EngineResource[]): readonly messages.AnalyzeDiagnostic[] {
    return this.#ask('stack', resources);
  }

  #ask(subject: Rule['subject'], resources: readonly EngineResource[]): readonly messages.AnalyzeDiagnostic[] {
    const read = readResources(resources);
    if (read.objects.length === 0 && read.unreadable.length === 0) return [];
    const now = this.#options.now();
    return [...this.#settings].flatMap(([rule, settings]) => {
      if (rule.subject !== subject || settings.level === 'disabled') return [];
      return Array.from(violationsOf(rule, read, settings, now), (violation) =>
        this.#diagnostic(rule, violation, violation.fatal ? 'mandatory' : settings.level),
      );
    });
  }

  #diagnostic(rule: Rule, { message, urn = '' }: Violation, level: Level): messages.AnalyzeDiagnostic {
    return new messages.AnalyzeDiagnostic()
      .setPolicyname(rule.name)
      .setPolicypackname(this.#options.name)
      .setPolicypackversion(this.#options.version)
      .setDescription(rule.asks)
      .setMessage(`${rule.asks}\n${message}`)
      .setEnforcementlevel(enforcementLevels[level])
      .setSeverity(severities[rule.severity])
      .setUrn(urn);
  }

  #resolve(request: messages.ConfigureAnalyzerRequest | undefined): ReadonlyMap<Rule, RuleSettings> {
    const { rules, environment } = this.#options;
    const configured = request?.getPolicyconfigMap();
    return new Map(rules.map((rule) => [rule, settingsOf(rule, environment, configured?.get(rule.name))]));
  }
}

function policyOf(rule: Rule, environment: string): messages.PolicyInfo {
  const { POLICY_TYPE_RESOURCE, POLICY_TYPE_STACK } = messages.PolicyType;
  return new messages.PolicyInfo()
    .setName(rule.name)
    .setDescription(rule.asks)
    .setUrl(rule.link)
    .setSeverity(severities[rule.severity])
    .setEnforcementlevel(enforcementLevels[defaultLevel(rule, environment)])
    .setPolicyType(rule.subject === 'stack' ? POLICY_TYPE_STACK : POLICY_TYPE_RESOURCE)
    .setConfigschema(configSchemaOf(rule));
}

function configSchemaOf(rule: Rule): messages.PolicyConfigSchema {
  const exemption = {
    type: 'object',
    properties: exemptionProperties,
    required: ['resource', 'reason', 'expires'],
    additionalProperties: false,
  };
  const properties = { ...parameterProperties(rule), exemptions: { type: 'array', items: exemption } };
  return new messages.PolicyConfigSchema().setProperties(structs.Struct.fromJavaScript(asJson(properties)));
}

/** The engine has validated what it configures by the schemas that it was told. */
function settingsOf(rule: Rule, environment: string, configured: messages.PolicyConfig | undefined): RuleSettings {
  const { exemptions = [], ...parameters } = (configured?.getProperties()?.toJavaScript() ?? {}) as {
    readonly exemptions?: readonly Omit<Exemption, 'rule'>[];
  };
  return {
    level: configured === undefined ? defaultLevel(rule, environment) : levelOf(configured.getEnforcementlevel()),
    parameters: { ...defaultParameters(rule.parameters), ...parameters },
    exemptions: exemptions.map((exemption) => ({ ...exemption, rule: rule.name })),
  };
}

/** What is to be remedied, which no rule does, must not be there. */
function levelOf(level: messages.EnforcementLevel): Level {
  if (level === DISABLED) return 'disabled';
  return level === ADVISORY ? 'advisory' : 'mandatory';
}

function asJson(value: object): Record<string, structs.JavaScriptValue> {
  return JSON.parse(JSON.stringify(value)) as Record<string, structs.JavaScriptValue>;
}
