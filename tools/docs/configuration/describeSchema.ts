import * as z from 'zod';
import { isRecord } from '../../values/isRecord.ts';

/** One key of a schema, as a reader of the documentation needs it. */
export interface DescribedKey {
  /** Where: `storage.urls`; `[]` stands for each entry of a list. */
  readonly path: string;
  /** The form of an enclosing key that this one belongs to: `storage.kind: external`; empty when it is always there. */
  readonly variant: string;
  /** What stands there; a mapping with keys of any name counts as a list. */
  readonly form: 'value' | 'list' | 'mapping' | 'choice';
  /** What may stand there, in the words of the message that anything else is answered with. */
  readonly allowed: string;
  /** What a key that is left out becomes: `required`, `nothing`, or the value itself. */
  readonly fallback: Fallback;
  readonly description: string;
}

/** What a key that is left out becomes. */
export type Fallback =
  { readonly kind: 'required' } | { readonly kind: 'nothing' } | { readonly kind: 'value'; readonly value: unknown };

/** Where the walk is, and what an enclosing default says about it. */
interface Place {
  readonly path: string;
  readonly variant: string;
  readonly given: unknown;
}

/** A schema without what is wrapped around it. */
interface Unwrapped {
  readonly inner: z.core.$ZodType;
  readonly fallback: Fallback;
  readonly description: string;
}

/** Every key of a schema as it is written (not as it is parsed), in the schema's order. */
export function describeSchema(schema: z.core.$ZodType): readonly DescribedKey[] {
  return below(unwrap(schema, undefined).inner, { path: '', variant: '', given: undefined });
}

function describeKey(schema: z.core.$ZodType, place: Place): readonly DescribedKey[] {
  const { inner, fallback, description } = unwrap(schema, place.given);
  // A key that may never be given is a refusal with a reason of its own, not something to write down.
  if (inner instanceof z.ZodNever) return [];
  const given = fallback.kind === 'value' ? fallback.value : undefined;
  const { path, variant } = place;
  const key: DescribedKey = { path, variant, form: formOf(inner), allowed: allowedBy(inner), fallback, description };
  return [key, ...(isSealed(inner) ? [] : below(inner, { ...place, given }))];
}

/** Takes defaults, optionality and the like off; the outermost default and description count. */
function unwrap(schema: z.core.$ZodType, given: unknown): Unwrapped {
  let inner = schema;
  let fallback: Fallback = given === undefined ? { kind: 'required' } : { kind: 'value', value: given };
  let description = '';
  for (;;) {
    if (description === '') description = z.globalRegistry.get(inner)?.description ?? '';
    if (fallback.kind === 'required') fallback = fallbackOf(inner) ?? fallback;
    const next = innerOf(inner);
    if (next === undefined) return { inner, fallback, description };
    inner = next;
  }
}

function fallbackOf(schema: z.core.$ZodType): Fallback | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return { kind: 'value', value: schema.def.defaultValue };
  }
  return schema instanceof z.ZodOptional ? { kind: 'nothing' } : undefined;
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodPipe) return schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in;
  if (schema instanceof z.ZodLazy) return schema.def.getter();
  const wraps =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch;
  return wraps ? schema.def.innerType : undefined;
}

function formOf(schema: z.core.$ZodType): DescribedKey['form'] {
  if (schema instanceof z.ZodObject) return 'mapping';
  if (schema instanceof z.ZodArray || schema instanceof z.ZodRecord) return 'list';
  return schema instanceof z.ZodUnion && schema.def.options.some((option) => hasKeys(option)) ? 'choice' : 'value';
}

function hasKeys(schema: z.core.$ZodType): boolean {
  return formOf(unwrap(schema, undefined).inner) !== 'value';
}

/** The keys below a mapping, a list or a choice. */
function below(schema: z.core.$ZodType, place: Place): readonly DescribedKey[] {
  if (schema instanceof z.ZodObject) return keysOfMapping(schema, place);
  if (schema instanceof z.ZodUnion) return keysOfChoice(schema, place);
  if (schema instanceof z.ZodRecord) return describeKey(schema.def.valueType, inside(place, '.<key>'));
  return schema instanceof z.ZodArray ? describeKey(schema.def.element, inside(place, '[]')) : [];
}

function inside(place: Place, step: string): Place {
  return { ...place, path: place.path + step, given: undefined };
}

function keysOfMapping(schema: z.ZodObject, { path, variant, given }: Place): readonly DescribedKey[] {
  const values = isRecord(given) ? given : {};
  return Object.entries(shapeOf(schema)).flatMap(([name, value]) =>
    describeKey(value, { path: path === '' ? name : `${path}.${name}`, variant, given: values[name] }),
  );
}

function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType>> {
  return schema.def.shape;
}

/** Each form that has keys of its own, the default only where it is of that form. */
function keysOfChoice(schema: z.ZodUnion, place: Place): readonly DescribedKey[] {
  const options = schema.def.options.map((option) => unwrap(option, undefined).inner);
  return options.flatMap((option) => {
    if (!hasKeys(option)) return [];
    const variant = `${place.path}${formName(schema, option, options)}`;
    const given = z.safeParse(option, place.given).success ? place.given : undefined;
    return below(option, { path: place.path, variant, given });
  });
}

/** What tells one form from the others: the value of the discriminator, or the first key that only this one has. */
function formName(schema: z.ZodUnion, option: z.core.$ZodType, options: readonly z.core.$ZodType[]): string {
  if (!(option instanceof z.ZodObject)) return ` as ${allowedBy(option)}`;
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const discriminator = schema.def.discriminator;
    const kind = shapeOf(option)[discriminator];
    if (kind !== undefined) return `.${discriminator}: ${literals(unwrap(kind, undefined).inner).join(', ')}`;
  }
  const others = options.filter((other) => other !== option);
  const own = Object.keys(shapeOf(option)).find((key) => others.every((other) => !hasKey(other, key)));
  return own === undefined ? ' without these keys' : ` with ${own}`;
}

function hasKey(schema: z.core.$ZodType, key: string): boolean {
  return schema instanceof z.ZodObject && key in shapeOf(schema);
}

function literals(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodLiteral) return [...schema.def.values].map(String);
  return schema instanceof z.ZodEnum ? Object.values(schema.def.entries).map(String) : [];
}

/** What the schema answers a wrong value with, without "must be"; where it has no words of its own, its type. */
function allowedBy(schema: z.core.$ZodType): string {
  const form = formOf(schema);
  const words = ownWords(schema);
  if (form === 'mapping') return isSealed(schema) ? words : 'a mapping';
  if (form === 'choice') return 'one of the forms below';
  const known = literals(schema);
  if (known.length > 0) return known.map((value) => `"${value}"`).join(', ');
  if (words !== '') return withoutReason(words);
  if (schema instanceof z.ZodUnion) return schema.def.options.map((option) => allowedBy(option)).join(', or ');
  return form === 'list' ? 'a list' : schema._zod.def.type;
}

/** The message for a value that no key takes. */
function ownWords(schema: z.core.$ZodType): string {
  const message =
    z.safeParse(schema, schema instanceof z.ZodNumber ? Number.NaN : null).error?.issues[0]?.message ?? '';
  return /^must (?:be |name )(?<allowed>.*)$/s.exec(message)?.groups?.['allowed'] ?? '';
}

/** Behind a colon stands what would become of the wrong value; one in parentheses belongs to what is allowed. */
function withoutReason(words: string): string {
  return words.split(/: (?![^()]*\))/, 1)[0] ?? words;
}

/** A mapping that says it is something else (a secret) is written by a command; its keys are nobody's to write. */
function isSealed(schema: z.core.$ZodType): boolean {
  const words = ownWords(schema);
  return formOf(schema) === 'mapping' && words !== '' && !words.startsWith('a mapping');
}
