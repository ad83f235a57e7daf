import { ConfigurationError, type ConfigurationProblem } from '../../../core/configurationError.ts';
import { MASK, Secret } from '../../../core/secret.ts';
import { type Candidate, candidatesOf, type How, OPTIONS } from './candidates.ts';
import { maskedText, quoted } from '../kinds/maskedText.ts';
import type { Refused } from '../kinds/reading.ts';
import { type Setting, type SettingWithDefault, variablesOf } from '../settings/setting.ts';
import type { SettingInForce } from '../settingInForce.ts';
import type { TracingSources } from '../tracingSources.ts';
import { isRecord } from '../../../core/isRecord.ts';

/** How the source of a value is named that nobody gave. */
export const DEFAULT = 'default';

/** Something that a source says. */
export interface Given {
  readonly source: string;
  /** As it was given: for a problem, and never without a mask. */
  readonly given: unknown;
}

/** A value that was given, and can be used. */
export interface Found<T> extends Given {
  readonly value: T;
}

/** Reads settings from their sources, and keeps what was found and what is wrong with it. */
export class ConfigurationReader {
  readonly sources: TracingSources;
  readonly #problems: ConfigurationProblem[] = [];
  readonly #rows: SettingInForce[] = [];
  readonly #used = new Set<string>();

  constructor(sources: TracingSources) {
    this.sources = sources;
  }

  /** What is in force so far. */
  get rows(): readonly SettingInForce[] {
    return this.#rows;
  }

  /** The value that was given, or the default. */
  read<T>(setting: SettingWithDefault<T>, how?: How): T {
    return this.readOr(setting, setting.fallback, how);
  }

  /** The value that was given, or another. */
  readOr<T>(setting: Setting<T>, fallback: T, how?: How): T {
    const found = this.find(setting, how);
    if (found === undefined) this.note(setting, fallback, DEFAULT);
    return found === undefined ? fallback : found.value;
  }

  /** The value that was given; `undefined` where none was, or where it is refused. */
  find<T>(setting: Setting<T>, how?: How): Found<T> | undefined {
    const found = this.peek(setting, how);
    if (found !== undefined) this.note(setting, found.value, found.source);
    return found;
  }

  /** The value that was given; where none was, that is a problem, and the configuration is not used. */
  require<T>(setting: Setting<T>, stopgap: T, how?: How): T {
    if (candidatesOf(setting, this.sources, how).length === 0) this.missing(setting, how);
    return this.find(setting, how)?.value ?? stopgap;
  }

  /** As `find`, where the value that is in force is made of it and noted by the caller. */
  peek<T>(setting: Setting<T>, how?: How): Found<T> | undefined {
    const candidate = candidatesOf(setting, this.sources, how)[0];
    return candidate === undefined ? undefined : this.#take(setting, candidate);
  }

  /** All that was given, the strongest first. The caller notes what is in force. */
  peekAll<T>(setting: Setting<T>, how?: How): readonly Found<T>[] {
    return candidatesOf(setting, this.sources, how).flatMap((candidate) => this.#take(setting, candidate) ?? []);
  }

  /** Whether what a source says about a setting was read. */
  isUsed(setting: Setting<unknown>, { source }: Candidate<unknown>): boolean {
    return this.#used.has(keyOf(setting, source));
  }

  /** Keeps what is in force: for a record, each of its values. */
  note<T>({ option, secret }: Setting<T>, value: T, source: string): void {
    const isSecret = secret === true || value instanceof Secret;
    if (isRecord(value) && !(value instanceof Secret)) {
      for (const [key, item] of Object.entries(value)) this.#add(`${option}.${key}`, isSecret ? MASK : item, source);
    } else if (value !== undefined) {
      this.#add(option, isSecret ? MASK : value, source);
    }
  }

  /** Records that a value which could be read cannot be used. */
  refuse<T>(setting: Setting<T>, { given, source }: Given, reason: Pick<Refused, 'allowed' | 'remedy'>): void {
    const value = setting.secret === true ? MASK : quoted(setting.option, given);
    this.report({ allowed: setting.kind.allowed, ...reason, option: setting.option, value, source });
  }

  /** Records that a value is missing. */
  missing(setting: Setting<unknown>, { via }: How = {}): void {
    const { option, kind, variablesOnly } = setting;
    const [variable] = variablesOf(setting).filter(({ when }) => when === undefined || when === via);
    const places = [
      ...(variablesOnly === true ? [] : [`as the option ${option}`]),
      ...(variable === undefined ? [] : [`in ${variable.name}`]),
    ];
    const { allowed } = variablesOnly === true ? (variable?.kind ?? kind) : kind;
    this.report({ option, value: 'undefined', source: 'not given', allowed: `${allowed}, ${places.join(' or ')}` });
  }

  /** Records a problem. */
  report(problem: ConfigurationProblem): void {
    this.#problems.push(problem);
  }

  /** @throws ConfigurationError with everything that was reported, when anything was. */
  throwIfAnything(): void {
    if (this.#problems.length > 0) throw new ConfigurationError(this.#problems);
  }

  #take<T>(setting: Setting<T>, candidate: Candidate<T>): Found<T> | undefined {
    const { source, given, allowed } = candidate;
    this.#used.add(keyOf(setting, source));
    const reading = candidate.read();
    if (reading.taken) return { value: reading.value, source, given };
    const { part, taken: _, ...reason } = reading;
    this.refuse(setting, { source, given: part === undefined ? given : part.value }, { allowed, ...reason });
    return undefined;
  }

  #add(option: string, value: unknown, source: string): void {
    this.#rows.push({ option, value: maskedText(option, value), source, inForce: true });
  }
}

/** A variable that was read for one setting is used, and may say nothing about another. */
function keyOf({ option }: Setting<unknown>, source: string): string {
  return source === OPTIONS ? `${source}: ${option}` : source;
}
