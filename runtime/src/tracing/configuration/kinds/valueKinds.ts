import { suggestion } from '../../../core/closestName.ts';
import { kind, type Reading, refuse, take, type TextKind, type ValueKind } from './reading.ts';

/** A whole number of a range, both ends included. */
export function integer(min: number, max: number, allowed = `a whole number from ${min} to ${max}`): ValueKind<number> {
  return numeric(/^[+-]?\d+$/, (value) => Number.isInteger(value) && value >= min && value <= max, allowed);
}

/** A number of a range, both ends included; the upper end may be infinite, the number not. */
export function decimal(min: number, max: number): ValueKind<number> {
  const allowed = Number.isFinite(max) ? `a number from ${min} to ${max}` : `a number from ${min} up`;
  const inRange = (value: number): boolean => Number.isFinite(value) && value >= min && value <= max;
  return numeric(/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i, inRange, allowed);
}

function numeric(form: RegExp, fits: (value: number) => boolean, allowed: string): ValueKind<number> {
  const check = (value: number): Reading<number> => (fits(value) ? take(value) : refuse());
  return {
    allowed,
    fromValue: (value) => (typeof value === 'number' ? check(value) : refuse()),
    fromText: (text) => (form.test(text) ? check(Number(text)) : refuse()),
  };
}

/** Milliseconds as Jaeger's clients write them: a number, or with a unit as the one for Go does (`500ms`, `1s`, `2m`). */
export function jaegerDuration(min: number, max: number): TextKind<number> {
  const millis = integer(min, max);
  return {
    allowed: `${millis.allowed} (milliseconds), or a time like 500ms, 1s or 2m`,
    fromText: (text) => {
      const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
      const factor = unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1;
      return amount === undefined ? refuse() : millis.fromValue(Math.round(Number(amount) * factor));
    },
  };
}

/** One of a few names. */
export function choice<T extends string>(choices: readonly T[]): ValueKind<T> {
  return kind(`one of ${choices.join(', ')}`, (value) => {
    const found = choices.find((name) => name === value);
    if (found !== undefined) return take(found);
    return refuse(typeof value === 'string' ? suggestion(value, choices) : {});
  });
}

/** The same, where names that others have for it are refused with its own. */
export function alsoCalled<T>(known: ValueKind<T>, others: Readonly<Record<string, string>>): ValueKind<T> {
  return kind(known.allowed, (value) => {
    const meant = typeof value === 'string' && Object.hasOwn(others, value) ? others[value] : undefined;
    return meant === undefined ? known.fromValue(value) : refuse({ remedy: `did you mean ${meant}?` });
  });
}

/** One of a few names, each of which stands for something else. */
export function renamed<T>(meanings: Readonly<Record<string, T>>): TextKind<T> {
  const names = choice(Object.keys(meanings));
  return {
    allowed: names.allowed,
    fromText: (text, environment) => {
      const meaning = Object.hasOwn(meanings, text) ? meanings[text] : undefined;
      return meaning === undefined ? narrowed(names.fromText(text, environment)) : take(meaning);
    },
  };
}

function narrowed(reading: Reading<unknown>): Reading<never> {
  return reading.taken ? refuse() : reading;
}

/** A variable that only has to be there to mean something. */
export function implies<T>(value: T): ValueKind<T> {
  return kind('anything', () => take(value));
}

/** `true` or `false`, in any case; as OpenTelemetry reads its variables, any text that is not `true` is false. */
export const BOOLEAN: ValueKind<boolean> = {
  allowed: 'true or false',
  fromValue: (value) => (typeof value === 'boolean' ? take(value) : refuse()),
  fromText: (text) => take(text.toLowerCase() === 'true'),
};

/** `true` or `false`, in any case; any other text is refused. */
export const STRICT_BOOLEAN: ValueKind<boolean> = {
  ...BOOLEAN,
  fromText: (text) => (/^(?:true|false)$/i.test(text) ? BOOLEAN.fromText(text, {}) : refuse()),
};

/** Text of a form. */
export function textLike(form: RegExp, allowed: string): ValueKind<string> {
  return kind(allowed, (value) => (typeof value === 'string' && form.test(value) ? take(value) : refuse()));
}

/** What a list's items have to be. */
export interface ItemKind<T> {
  readonly allowed: string;
  readonly read: (item: string) => Reading<T>;
}

/** A list of texts, written with commas between them in a variable; `none` is the empty list there. */
export function list<T>({ allowed, read }: ItemKind<T>): ValueKind<readonly T[]> {
  const readAll = (items: readonly string[]): Reading<readonly T[]> => {
    const values: T[] = [];
    for (const item of items) {
      const reading = read(item);
      if (!reading.taken) return { part: { value: item }, ...reading };
      if (!values.includes(reading.value)) values.push(reading.value);
    }
    return take(values);
  };
  return {
    allowed,
    fromValue: (value) => (isTextList(value) ? readAll(value) : refuse({ allowed: `an array of ${allowed}` })),
    fromText: (written) => readAll(written === 'none' ? [] : splitList(written)),
  };
}

/** Names of a list that are known; each once. */
export function names<T extends string>(known: readonly T[]): ItemKind<T> {
  return { allowed: `any of ${known.join(', ')}`, read: (item) => choice(known).fromValue(item) };
}

/** The parts of `a, b,c`, without blanks around them; empty ones are left out. */
export function splitList(written: string): readonly string[] {
  return written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
