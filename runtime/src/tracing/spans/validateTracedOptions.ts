import { isFunction } from './anyFunction.ts';
import { invalidOption } from './invalidOption.ts';
import type { TracedOptions } from './tracedOptions.ts';
import { isRecord } from '../../core/isRecord.ts';
import { assertOptions, validateSpanDetails } from './validateSpanOptions.ts';

/** Options as they come from somebody without a type checker. */
type GivenOptions = Readonly<Record<string, unknown>>;

const NAMES: Readonly<Record<keyof TracedOptions, true>> = {
  name: true,
  kind: true,
  root: true,
  attributes: true,
  links: true,
  arguments: true,
  reveal: true,
  callback: true,
  result: true,
};

const ALLOWED: ReadonlySet<string> = new Set(Object.keys(NAMES));

/**
 * Checks what a type checker cannot, and what it can for those who have none.
 *
 * @throws TypeError that names option, value and what is allowed
 */
export function validateTracedOptions(options: TracedOptions): void {
  const given: unknown = options;
  assertOptions('traced', given, ALLOWED);
  validateSpanDetails('traced', given);
  validateName(given);
  validateHooks(given);
  validateCallback(given);
  validateArguments(given);
}

function validateName({ name }: GivenOptions): void {
  if (name === undefined || isFunction(name) || (typeof name === 'string' && name !== '')) return;
  throw invalid('name', name, 'a text that is not empty, or a function');
}

function validateHooks({ attributes, links, result }: GivenOptions): void {
  if (attributes !== undefined && !isRecord(attributes) && !isFunction(attributes)) {
    throw invalid('attributes', attributes, 'an object or a function');
  }
  if (links !== undefined && !Array.isArray(links) && !isFunction(links)) {
    throw invalid('links', links, 'an array of links or a function');
  }
  if (result !== undefined && !isFunction(result)) throw invalid('result', result, 'a function');
}

function validateCallback({ callback }: GivenOptions): void {
  const isIndex = typeof callback === 'number' && Number.isInteger(callback) && callback >= 0;
  if (callback === undefined || callback === 'last' || isIndex) return;
  throw invalid('callback', callback, "'last' or the index of an argument");
}

function validateArguments({ arguments: names, reveal = [] }: GivenOptions): void {
  if (names !== undefined && names !== true && !isTexts(names)) {
    throw invalid('arguments', names, 'true or an array of names');
  }
  if (!Array.isArray(reveal)) throw invalid('reveal', reveal, 'an array of names in `arguments`');
  const isKnown = (name: unknown): boolean =>
    typeof name === 'string' && (names === true ? /^\d+$/.test(name) : isTexts(names) && names.includes(name));
  for (const revealed of reveal) {
    if (isKnown(revealed)) continue;
    throw invalid('reveal', revealed, names === true ? 'positions such as "0"' : 'names in `arguments`');
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function invalid(option: string, value: unknown, allowed: string): TypeError {
  return invalidOption('traced', option, value, allowed);
}
