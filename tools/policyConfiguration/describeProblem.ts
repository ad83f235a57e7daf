import type { ErrorObject } from 'ajv';
import { nearestTo } from '../../infra/schema/fields.ts';
import { shown } from '../../policies/kubernetes/fields.ts';
import type { Rule } from '../../policies/rule.ts';
import { isRecord } from '../values/isRecord.ts';
import type { Step } from './yamlPlaces.ts';

/** Something that a configuration may not say. */
export interface InvalidValue {
  /** Where it stands. */
  readonly path: readonly Step[];
  /** What is wrong and what is allowed, to be read after the path. */
  readonly message: string;
}

const kinds: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const problems: Readonly<Record<string, string>> = {
  pattern: 'is not of the form that is asked for',
  minLength: 'is too short',
  minItems: 'has too few entries',
};

/**
 * What the validator found, in words: the value, and what is allowed.
 * @param content - The whole of what was validated.
 */
export function describeProblem(error: ErrorObject, content: unknown, rules: readonly Rule[]): InvalidValue {
  const path = stepsOf(error.instancePath, content);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey([...path, named(error, 'additionalProperty')], error, rules);
    case 'required':
      return { path, message: missingKey(named(error, 'missingProperty'), error) };
    default:
      return { path, message: `= ${shown(error.data)}: ${allowed(path, error, rules)}` };
  }
}

/** The path as a message shows it: `exemptions[0].expires`. */
export function shownPath(path: readonly Step[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

/** A JSON pointer does not tell a place in a list from a name. */
function stepsOf(pointer: string, content: unknown): readonly Step[] {
  let at = content;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((name) => {
      const step = Array.isArray(at) ? Number(name) : name;
      at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
      return step;
    });
}

function unknownKey(path: readonly Step[], error: ErrorObject, rules: readonly Rule[]): InvalidValue {
  const key = String(path.at(-1));
  if (path.at(-2) === 'rules') return { path, message: unknownRule(key, rules) };
  const known = Object.keys(properties(error));
  return { path, message: `is not known here${suggestion(key, known)}; allowed: ${known.join(', ')}` };
}

function unknownRule(name: string, rules: readonly Rule[]): string {
  const known = rules.map((rule) => rule.name);
  return `is not a rule${suggestion(name, known)}; \`npm run policy -- rules\` lists the rules`;
}

function suggestion(key: string, known: readonly string[]): string {
  const nearest = nearestTo(key, known);
  return nearest === undefined ? '' : `: did you mean "${nearest}"?`;
}

function missingKey(key: string, error: ErrorObject): string {
  const schema = properties(error)[key];
  const description = isRecord(schema) ? schema['description'] : undefined;
  return `has no "${key}"${typeof description === 'string' ? `: ${description}` : ''}`;
}

function allowed(path: readonly Step[], error: ErrorObject, rules: readonly Rule[]): string {
  const { keyword, data } = error;
  switch (keyword) {
    case 'enum':
      if (path[0] === 'exemptions' && path.at(-1) === 'rule') return unknownRule(String(data), rules);
      return `must be one of: ${allowedValues(error).join(', ')}${path.at(-2) === 'rules' ? '; or a mapping of "level" and parameters' : ''}`;
    case 'type':
      return `must be ${kindOf(error)}`;
    case 'minimum':
    case 'maximum':
      return `must be ${range(error)}`;
    case 'format':
      return named(error, 'format') === 'regex'
        ? `is no regular expression: ${regularExpressionError(String(data))}`
        : 'must be a Kubernetes quantity, such as 500m or 256Mi';
    default:
      return described(error);
  }
}

/** For what has no words of its own: the validator's, and what the value is. */
function described(error: ErrorObject): string {
  const description = parent(error)['description'];
  const problem = problems[error.keyword] ?? error.message ?? 'is not allowed';
  return typeof description === 'string' ? `${problem}. It is: ${description}` : problem;
}

function kindOf(error: ErrorObject): string {
  const { type } = parent(error);
  const first: unknown = Array.isArray(type) ? type[0] : type;
  return kinds[String(first)] ?? String(first);
}

function range(error: ErrorObject): string {
  const { minimum, maximum } = parent(error);
  if (typeof maximum !== 'number') return `${shown(minimum)} or more`;
  return typeof minimum === 'number' ? `from ${minimum} to ${maximum}` : `${maximum} or less`;
}

function regularExpressionError(text: string): string {
  try {
    new RegExp(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
  }
}

function allowedValues(error: ErrorObject): readonly string[] {
  const values: unknown = parent(error)['enum'];
  return Array.isArray(values) ? values.map(String) : [];
}

function properties(error: ErrorObject): Readonly<Record<string, unknown>> {
  const own = parent(error)['properties'];
  return isRecord(own) ? own : {};
}

function parent({ parentSchema }: ErrorObject): Readonly<Record<string, unknown>> {
  return isRecord(parentSchema) ? parentSchema : {};
}

function named({ params }: ErrorObject, name: string): string {
  const value: unknown = Reflect.get(params, name);
  return String(value);
}
