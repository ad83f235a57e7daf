/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What became of a given value: it is taken, or refused. */
export type Reading<T> = Taken<T> | Refused;

/** A value that can be used, in the form that the configuration has it. */
export interface Taken<T> {
  readonly taken: true;
  readonly value: T;
}

/** Why a value cannot be used. */
export interface Refused {
  readonly taken: false;
  /** The part of the value that is wrong, where the rest is right. */
  readonly part?: { readonly value: unknown };
  /** What is allowed, where that is not simply what the kind allows. */
  readonly allowed?: string;
  /** What to do, where that is not plain from what is allowed. */
  readonly remedy?: string;
}

/** How text of an environment variable is read. */
export interface TextKind<T> {
  /** What is allowed, in the words of an error and of the documentation. */
  readonly allowed: string;
  /** Reads text, without blanks around it and not empty. */
  readonly fromText: (text: string, environment: Environment) => Reading<T>;
}

/** How a value is read where it has a type, and where it is text. */
export interface ValueKind<T> extends TextKind<T> {
  /** Reads a value of an options object or of the stack outputs. */
  readonly fromValue: (value: unknown) => Reading<T>;
}

/** The value is used. */
export function take<T>(value: T): Taken<T> {
  return { taken: true, value };
}

/** The value is refused; the details may be left out. */
export function refuse(details: Omit<Refused, 'taken'> = {}): Refused {
  return { taken: false, ...details };
}

/** Reads both forms by one function. */
export function kind<T>(allowed: string, read: (value: unknown) => Reading<T>): ValueKind<T> {
  return { allowed, fromValue: read, fromText: read };
}
