import { isUnknown, UnknownFieldError } from './unknown.ts';

/**
 * A field of a value of unknown shape; `undefined` where there is none. Only what the value itself has counts.
 * @throws UnknownFieldError where a preview cannot know it.
 */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const content: unknown = Reflect.get(value, name);
  return known(content, name, value);
}

/** Whether a field is there, and a preview cannot know what it holds: for rules that need not know. */
export function isUnknownField(value: unknown, name: string): boolean {
  return isRecord(value) && Object.hasOwn(value, name) && isUnknown(Reflect.get(value, name));
}

/** A field of a field and so on: `fieldAt(pod, 'spec', 'securityContext', 'runAsUser')`. @throws UnknownFieldError */
export function fieldAt(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce(field, value);
}

/** The entries of a list; none where there is no list. @throws UnknownFieldError where a preview cannot know one of them. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.map((entry: unknown, index) => known(entry, `[${index}]`, value)) : [];
}

/** The names and values of a mapping; none where there is no mapping. @throws UnknownFieldError */
export function pairs(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([name, content]) => [name, known(content, name, value)]);
}

/** The names and texts of a mapping, such as labels; what is no text is left out. @throws UnknownFieldError */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** A text; `undefined` for what is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number; `undefined` for what is none. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Whether something is there. Kubernetes takes `null` for nothing. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a value is a mapping: no list, no text, not nothing. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a message shows it: as JSON, shortened to 80 characters; "not set" for nothing. */
export function shown(value: unknown): string {
  if (!isPresent(value)) return 'not set';
  const json = asJson(value);
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_name, content: unknown) =>
      isUnknown(content) ? 'known only after the deployment' : content,
    );
  } catch {
    // An alias of YAML can make a value a part of itself.
    return 'a value that cannot be shown';
  }
}

function known(content: unknown, name: string, holder: unknown): unknown {
  if (isUnknown(content)) throw new UnknownFieldError(name, holder);
  return content;
}
