import { closestName, suggestion } from './closestName.ts';
import { ConfigurationError, type ConfigurationProblem } from './configurationError.ts';
import { isRecord } from './isRecord.ts';
import { redactedText } from './redaction.ts';
import { MASK } from './secret.ts';
import { isSensitiveKey } from './sensitiveKey.ts';

/** What an option may be. */
export interface OptionKind {
  /** What is allowed, in words. */
  readonly allowed: string;
  readonly accepts: (value: unknown) => boolean;
  /** A value that is not accepted as a text, where it may hold a secret that its key does not tell of. */
  readonly shown?: (value: unknown) => string;
  /** Of an object, what is wrong inside of it. */
  readonly problemsIn?: (value: unknown, option: string) => readonly ConfigurationProblem[];
}

/** The kind of every option that there is. */
export type OptionKinds<Options> = { readonly [Name in keyof Options]-?: OptionKind };

/** @throws ConfigurationError with everything that is wrong, see `optionProblems`. */
export function checkOptions(options: unknown, kinds: Readonly<Record<string, OptionKind>>, subject: string): void {
  const problems = optionProblems(options, kinds);
  if (problems.length > 0) throw new ConfigurationError(problems, subject);
}

/**
 * Everything that is wrong with an options object: options that there are not, with the name that was probably meant, then
 * those that are not of their kind, in the order of the kinds. An option that is `undefined` is one that was not
 * given; `null` is a value.
 *
 * @param path - where the options are themselves an option, its path
 */
export function optionProblems(
  options: unknown,
  kinds: Readonly<Record<string, OptionKind>>,
  path = '',
): readonly ConfigurationProblem[] {
  const names = Object.keys(kinds).join(', ');
  if (!isRecord(options)) return [problem(path === '' ? 'options' : path, options, `an object with ${names}`)];
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(kinds, name));
  return [
    ...unknown.map((name) => unknownProblem(name, options[name], pathOf(name), Object.keys(kinds))),
    ...Object.entries(kinds).flatMap(([name, kind]) => valueProblems(kind, options[name], pathOf(name))),
  ];
}

/** A switch. */
export const TRUE_OR_FALSE: OptionKind = { allowed: 'true or false', accepts: (value) => typeof value === 'boolean' };

/** A function, of which nothing else is known before it is called. */
export const FUNCTION: OptionKind = { allowed: 'a function', accepts: (value) => typeof value === 'function' };

/** An address that is shown to people and to browsers, so that it holds neither a secret nor a script. */
export const PLAIN_URL: OptionKind = {
  allowed: 'an absolute URL that begins with http:// or https://, without user name, password, query and fragment',
  accepts: isPlainUrl,
  shown: (value) => (typeof value === 'string' ? `a text of ${value.length} characters` : typeof value),
};

/** One of a list of texts. */
export function oneOf(names: readonly string[]): OptionKind {
  return { allowed: names.join(', '), accepts: (value) => typeof value === 'string' && names.includes(value) };
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): OptionKind {
  return {
    allowed: `a whole number from ${least} to ${most}`,
    accepts: (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
  };
}

/** An object with any names, whose values are all of one kind. */
export function recordOf(kind: OptionKind, allowed: string): OptionKind {
  return {
    allowed,
    accepts: isRecord,
    problemsIn: (value, option) =>
      Object.entries(isRecord(value) ? value : {}).flatMap(([name, each]) =>
        kind.accepts(each) ? [] : [problem(`${option}.${name}`, each, kind.allowed)],
      ),
  };
}

function valueProblems(kind: OptionKind, value: unknown, option: string): readonly ConfigurationProblem[] {
  if (value === undefined) return [];
  if (!kind.accepts(value)) return [problem(option, value, kind.allowed, kind.shown)];
  return kind.problemsIn?.(value, option) ?? [];
}

/** What was meant may be a secret, too. */
function unknownProblem(name: string, value: unknown, option: string, known: readonly string[]): ConfigurationProblem {
  const meant = closestName(name, known) ?? '';
  const told = problem(option, value, known.join(', '), isSensitiveKey(meant) ? () => MASK : redactedText);
  return { ...told, ...suggestion(name, known) };
}

function problem(option: string, value: unknown, allowed: string, shown = redactedText): ConfigurationProblem {
  return { option, value: isSensitiveKey(option) ? MASK : shown(value), source: 'options', allowed };
}

function isPlainUrl(text: unknown): boolean {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}
