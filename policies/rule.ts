import type { KubernetesObject } from './kubernetes/object.ts';
import type { ParameterSchemas, ParametersOf } from './parameters.ts';

/** What a breach does: nothing is looked at, it is only said, or the run fails. */
export type Level = 'disabled' | 'advisory' | 'mandatory';

/** How much harm a breach can do. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** The environments whose levels a rule may set by itself; a configuration may name others. */
export type KnownEnvironment = 'dev' | 'staging' | 'prod';

/** What is wrong with an object, and how it would be right. */
export interface Problem {
  /** The field, from the object: `spec.template.spec.containers[0].resources.limits.cpu`. Empty for the object as a whole. */
  readonly path: string;
  /** Of which container, where it is one's. */
  readonly container?: string;
  /** What is wrong and what is allowed, to be read after the field: `is missing: it must be a quantity above zero`. */
  readonly problem: string;
  /** The field as it could be written, or what else to do: `resources: { limits: { cpu: "500m" } }`. */
  readonly fix: string;
  /** Whether the field is one that a preview cannot know, so that the rule could not run. @defaultValue false */
  readonly unknown?: boolean;
}

/** A problem of one of several objects. */
export interface StackProblem extends Problem {
  readonly object: KubernetesObject;
}

/** What a rule is, for whoever reads of it. Reports and `docs/policies.md` are made of it. */
export interface RuleFacts {
  /** In kebab case; configuration and reports call it so. */
  readonly name: string;
  /** What it asks, as a sentence. */
  readonly asks: string;
  readonly severity: Severity;
  /** Without a configuration. */
  readonly level: Level;
  /** Where an environment has another level by itself. */
  readonly levels?: Readonly<Partial<Record<KnownEnvironment, Level>>>;
  /** What goes wrong where it is broken, as a sentence or two. */
  readonly rationale: string;
  /** Where the fact stands: an address of public documentation. */
  readonly link: string;
  /** YAML of one or more objects that keep it. */
  readonly passes: string;
  /** The same, broken in one place. */
  readonly fails: string;
  /** The parameters that both examples are read with, where a rule finds nothing with its defaults. @defaultValue none */
  readonly exampleParameters?: Readonly<Record<string, unknown>>;
}

/** A rule about each object by itself. */
export interface ObjectRule extends RuleFacts {
  readonly subject: 'object';
  readonly parameters: ParameterSchemas;
  /** Says what is wrong, one by one; what it said before it met a value that a preview cannot know, counts. */
  readonly check: (object: KubernetesObject, parameters: Readonly<Record<string, unknown>>) => Iterable<Problem>;
}

/** A rule about objects together. */
export interface StackRule extends RuleFacts {
  readonly subject: 'stack';
  readonly parameters: ParameterSchemas;
  readonly check: (
    objects: readonly KubernetesObject[],
    parameters: Readonly<Record<string, unknown>>,
  ) => Iterable<StackProblem>;
}

export type Rule = ObjectRule | StackRule;

/** How a rule about each object is written. */
export interface ObjectRuleDefinition<Schemas extends ParameterSchemas> extends RuleFacts {
  /** @defaultValue none */
  readonly parameters?: Schemas;
  readonly check: (object: KubernetesObject, parameters: ParametersOf<Schemas>) => Iterable<Problem>;
}

/** How a rule about objects together is written. */
export interface StackRuleDefinition<Schemas extends ParameterSchemas> extends RuleFacts {
  /** @defaultValue none */
  readonly parameters?: Schemas;
  readonly check: (objects: readonly KubernetesObject[], parameters: ParametersOf<Schemas>) => Iterable<StackProblem>;
}

/** Makes a rule about each object by itself; its check gets parameters of the types that their schemas say. */
export function objectRule<const Schemas extends ParameterSchemas>(
  definition: ObjectRuleDefinition<Schemas>,
): ObjectRule {
  const { parameters = {}, check, ...facts } = definition;
  // Whoever resolves a configuration has validated it by these very schemas.
  return {
    ...facts,
    subject: 'object',
    parameters,
    check: (object, values) => check(object, values as ParametersOf<Schemas>),
  };
}

/** Makes a rule about objects together. */
export function stackRule<const Schemas extends ParameterSchemas>(definition: StackRuleDefinition<Schemas>): StackRule {
  const { parameters = {}, check, ...facts } = definition;
  return {
    ...facts,
    subject: 'stack',
    parameters,
    check: (objects, values) => check(objects, values as ParametersOf<Schemas>),
  };
}
