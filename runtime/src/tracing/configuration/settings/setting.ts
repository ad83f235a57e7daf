import type { Environment, TextKind, ValueKind } from '../kinds/reading.ts';

/**
 * One setting. It is said once: what reads the configuration, what describes the one in force and the documentation all
 * go by it.
 */
export interface Setting<T> {
  /** Path of the option, such as `agent.port`. */
  readonly option: string;
  /** Whether it is no option by itself: variables that say more about the option. */
  readonly variablesOnly?: boolean;
  /** What it is, as Markdown, for the documentation. */
  readonly about: string;
  /** How it is read where nothing else is said. */
  readonly kind: ValueKind<T>;
  /** Environment variables, the strongest first. */
  readonly variables: readonly (string | Variable<T>)[];
  /** Where stack outputs have it. */
  readonly outputs?: readonly Output<T>[];
  /** The default in words, where it is not one value. */
  readonly fallbackText?: string;
  /** Whether its value is never shown. */
  readonly secret?: boolean;
}

/** A setting with one default. */
export interface SettingWithDefault<T> extends Setting<T> {
  readonly fallback: T;
}

/** An environment variable that is not read just as the setting is. */
export interface Variable<T> {
  readonly name: string;
  /** How its text is read. @defaultValue the kind of the setting */
  readonly kind?: TextKind<T>;
  /** Takes the part of the text that is about this setting; `undefined` where it says nothing about it. */
  readonly extract?: (text: string, environment: Environment) => string | undefined;
  /** It counts only where this is what the reader asks for: see `How.via`. */
  readonly when?: string;
  /** Whether it decides the setting by being there, and is another setting's by its value. */
  readonly implied?: boolean;
  /** What the documentation adds to its name. */
  readonly note?: string;
}

/** A value of the stack outputs. */
export interface Output<T> {
  /** Such as `agent.host`. */
  readonly path: string;
  /** @defaultValue the kind of the setting */
  readonly kind?: ValueKind<T>;
}

/** The variables of a setting, each in full. */
export function variablesOf<T>({ variables }: Setting<T>): readonly Variable<T>[] {
  return variables.map((variable) => (typeof variable === 'string' ? { name: variable } : variable));
}
