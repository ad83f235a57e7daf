import { inspect } from 'node:util';
import { ConfigurationError, type ConfigurationProblem } from '../../core/configurationError.ts';

/** What one source says about an option. */
export interface Candidate {
  /** `undefined` and the empty string stand for "not given", as OpenTelemetry reads its environment variables. */
  readonly value: unknown;
  /** Names the source in a problem. */
  readonly source: string;
  /** Whether numbers and lists are written as text there. */
  readonly isText?: boolean;
}

/** Range and default of a whole number. */
export interface IntegerRule {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
  /** What is said of a value outside the range; made from the range by default. */
  readonly allowed?: string;
  /** A further condition: the reason why a number in the range is refused. */
  readonly refuse?: (value: number) => string | undefined;
}

/** Reads options from candidates, first given first, and collects what is wrong with them. */
export class ConfigurationReader {
  readonly #problems: ConfigurationProblem[] = [];

  /** Records a problem that a caller found by itself. */
  report(option: string, candidate: Candidate, allowed: string): void {
    this.#problems.push({ option, value: show(candidate.value), source: candidate.source, allowed });
  }

  integer(option: string, candidates: readonly Candidate[], rule: IntegerRule): number {
    const candidate = firstGiven(candidates);
    if (candidate === undefined) return rule.fallback;
    const value = toNumber(candidate);
    const inRange = Number.isInteger(value) && value >= rule.min && value <= rule.max;
    const allowed = rule.allowed ?? `a whole number from ${rule.min} to ${rule.max}`;
    const refusal = inRange ? rule.refuse?.(value) : allowed;
    if (refusal === undefined) return value;
    this.report(option, candidate, refusal);
    return rule.fallback;
  }

  text(option: string, candidates: readonly Candidate[], pattern: RegExp, allowed: string, fallback: string): string {
    const candidate = firstGiven(candidates);
    if (candidate === undefined) return fallback;
    if (typeof candidate.value === 'string' && pattern.test(candidate.value)) return candidate.value;
    this.report(option, candidate, allowed);
    return fallback;
  }

  choice<T extends string>(option: string, candidates: readonly Candidate[], choices: readonly T[], fallback: T): T {
    const candidate = firstGiven(candidates);
    if (candidate === undefined) return fallback;
    const found = choices.find((choice) => choice === candidate.value);
    if (found === undefined) this.report(option, candidate, `one of ${choices.join(', ')}`);
    return found ?? fallback;
  }

  boolean(option: string, candidates: readonly Candidate[], fallback: boolean): boolean {
    const candidate = firstGiven(candidates);
    if (candidate === undefined) return fallback;
    if (typeof candidate.value === 'boolean') return candidate.value;
    this.report(option, candidate, 'true or false');
    return fallback;
  }

  httpUrl(option: string, candidates: readonly Candidate[], fallback: string): string {
    const candidate = firstGiven(candidates);
    if (candidate === undefined) return fallback;
    if (typeof candidate.value === 'string' && isHttpUrl(candidate.value)) return candidate.value;
    this.report(option, candidate, 'an absolute URL that begins with http:// or https://');
    return fallback;
  }

  list(option: string, candidates: readonly Candidate[], fallback: readonly string[]): readonly string[] {
    const candidate = firstGiven(candidates);
    if (candidate === undefined) return fallback;
    const { value } = candidate;
    if (candidate.isText === true && typeof value === 'string')
      return value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.report(option, candidate, 'an array of strings');
    return fallback;
  }

  /** Reports keys of `record` that are not in `known`: most are misspelt. */
  onlyKeys(option: string, record: object | undefined, known: readonly string[]): void {
    for (const [key, value] of Object.entries<unknown>({ ...record })) {
      const path = option === '' ? key : `${option}.${key}`;
      if (!known.includes(key))
        this.report(path, { value, source: 'options' }, `no option of this name; there are ${known.join(', ')}`);
    }
  }

  /** @throws ConfigurationError with everything that was reported, when anything was. */
  throwIfAnything(): void {
    if (this.#problems.length > 0) throw new ConfigurationError(this.#problems);
  }
}

/** The first candidate that has a value. */
export function firstGiven(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.find(({ value }) => value !== undefined && value !== '');
}

function toNumber({ value, isText }: Candidate): number {
  if (typeof value === 'number') return value;
  return isText === true && typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function show(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 200, maxArrayLength: 20 });
}
