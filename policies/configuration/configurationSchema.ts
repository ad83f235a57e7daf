import type { Rule } from '../rule.ts';

/** A JSON schema, as far as nobody here looks into it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const levels = { enum: ['disabled', 'advisory', 'mandatory'], description: 'What a breach does.' };

/** What an exemption says besides its rule and its environments. */
const exemptionProperties = {
  resource: {
    type: 'string',
    pattern: '^[^/]+(/[^/]+){1,2}$',
    description: '`Kind/namespace/name`, or `Kind/name` without a namespace; `*` stands for any text in a part.',
  },
  reason: {
    type: 'string',
    minLength: 10,
    pattern: String.raw`\S`,
    description: 'Why the rule is not to be applied. At least 10 characters.',
  },
  expires: {
    type: 'string',
    pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`,
    description: 'The last day on which it holds, in UTC: `2027-01-31`. Afterwards it makes every run fail.',
  },
} as const;

/** The JSON schema (draft 7) of a configuration file for these rules. */
export function configurationSchema(rules: readonly Rule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of the Tracewright policy pack',
    type: 'object',
    definitions: { rules: rulesSchema(rules) },
    properties: propertiesOf(rules, { $ref: '#/definitions/rules' }),
    additionalProperties: false,
  };
}

/** The schemas of what stands in such a file, each whole by itself. */
export function configurationProperties(rules: readonly Rule[]): Readonly<Record<string, JsonSchema>> {
  return propertiesOf(rules, rulesSchema(rules));
}

// A key with nothing but comments below it is nothing.
function propertiesOf(rules: readonly Rule[], byRule: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return {
    rules: byRule,
    environments: {
      type: ['object', 'null'],
      description: 'What is different in an environment, by its name.',
      additionalProperties: {
        type: ['object', 'null'],
        properties: { rules: byRule },
        additionalProperties: false,
      },
    },
    exemptions: {
      type: ['array', 'null'],
      description: 'Objects to which a rule is not applied.',
      items: exemptionSchema(rules),
    },
  };
}

function rulesSchema(rules: readonly Rule[]): JsonSchema {
  return {
    type: ['object', 'null'],
    description: 'The level of a rule, or its level and parameters.',
    properties: Object.fromEntries(rules.map((rule) => [rule.name, ruleSchema(rule)])),
    additionalProperties: false,
  };
}

/** The schemas of the parameters of a rule, by name. */
function parameterProperties(rule: Rule): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(rule.parameters).map(([name, schema]) => [name, { ...schema }]));
}

function ruleSchema(rule: Rule): JsonSchema {
  return {
    description: rule.asks,
    anyOf: [
      levels,
      {
        type: 'object',
        properties: { level: levels, ...parameterProperties(rule) },
        additionalProperties: false,
      },
    ],
  };
}

function exemptionSchema(rules: readonly Rule[]): JsonSchema {
  const properties = {
    rule: { enum: rules.map(({ name }) => name), description: 'Name of the rule that is not applied.' },
    ...exemptionProperties,
    environments: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      description: 'The environments in which it holds. All, where there is no such list.',
    },
  };
  return {
    type: 'object',
    properties,
    required: ['rule', 'resource', 'reason', 'expires'],
    additionalProperties: false,
  };
}
