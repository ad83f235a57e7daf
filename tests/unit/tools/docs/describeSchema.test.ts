import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mapping, text, wholeNumber } from '../../../../infra/schema/fields.ts';
import { describeSchema, type DescribedKey } from '../../../../tools/docs/configuration/describeSchema.ts';

const pods = wholeNumber({ min: 1, max: 9, unit: 'pods', description: 'Pods.' });
const name = text({ pattern: /^\w+$/, allowed: 'a name', description: 'A name.' });

function described(shape: Readonly<Record<string, z.ZodType>>): readonly DescribedKey[] {
  return describeSchema(mapping(shape, 'The whole.'));
}

describe('describeSchema', () => {
  it('says of a key what it is, what is allowed in the words of its message, and its default', () => {
    expect(described({ replicas: pods.default(2) })).toEqual([
      {
        path: 'replicas',
        variant: '',
        form: 'value',
        allowed: 'a whole number from 1 to 9 (pods)',
        fallback: { kind: 'value', value: 2 },
        description: 'Pods.',
      },
    ]);
  });

  it.each([
    ['without a default', pods, { kind: 'required' }],
    ['that is optional', pods.optional(), { kind: 'nothing' }],
    ['with a default', pods.default(3), { kind: 'value', value: 3 }],
    ['with a default of what is written', pods.prefault(4), { kind: 'value', value: 4 }],
    ['that is read-only', z.array(pods).readonly().default([]), { kind: 'value', value: [] }],
    ['whose default is false', z.boolean().default(false), { kind: 'value', value: false }],
  ])('tells what becomes of a key %s when it is left out', (_title, schema, fallback) => {
    expect(described({ key: schema })[0]?.fallback).toEqual(fallback);
  });

  it.each([
    ['a list of literals', z.enum(['a', 'b'], { error: 'must be "a" or "b"' }), '"a", "b"'],
    [
      'a value whose message gives a reason',
      z.number({ error: 'must be a share (tested: 1): or else' }),
      'a share (tested: 1)',
    ],
    ['a boolean', z.boolean({ error: 'must be true or false' }), 'true or false'],
    ['a text without words of its own', z.string(), 'string'],
    ['values of two kinds', z.union([pods, name]), 'a whole number from 1 to 9 (pods), or a name'],
    ['a value that is changed after it is read', name.transform((value) => value.length), 'a name'],
  ])('says what is allowed for %s', (_title, schema, allowed) => {
    expect(described({ key: schema })[0]).toMatchObject({ form: 'value', allowed });
  });

  it('follows mappings and lists down to every key', () => {
    const keys = described({
      outer: mapping({ inner: z.array(mapping({ leaf: name }, 'Entry.')) }, 'Outer.').optional(),
    });
    expect(keys.map(({ path, form }) => [path, form])).toEqual([
      ['outer', 'mapping'],
      ['outer.inner', 'list'],
      ['outer.inner[]', 'mapping'],
      ['outer.inner[].leaf', 'value'],
    ]);
  });

  it('gives a key the default that an enclosing mapping has for it', () => {
    const keys = described({ outer: mapping({ inner: pods }, 'Outer.').prefault({ inner: 5 }) });
    expect(keys[1]).toMatchObject({ path: 'outer.inner', fallback: { kind: 'value', value: 5 } });
  });

  it('tells the forms of a choice apart by their discriminator, and gives the default to the one that it is of', () => {
    const near = mapping({ kind: z.literal('near'), size: pods.default(1) }, 'Near.');
    const far = mapping({ kind: z.literal('far'), urls: z.array(name) }, 'Far.');
    const keys = described({ storage: z.discriminatedUnion('kind', [near, far]).prefault({ kind: 'near', size: 7 }) });
    expect(keys.map(({ variant, path, fallback }) => [variant, path, fallback.kind])).toEqual([
      ['', 'storage', 'value'],
      ['storage.kind: near', 'storage.kind', 'value'],
      ['storage.kind: near', 'storage.size', 'value'],
      ['storage.kind: far', 'storage.kind', 'required'],
      ['storage.kind: far', 'storage.urls', 'required'],
      ['storage.kind: far', 'storage.urls[]', 'required'],
    ]);
    expect(keys[2]?.fallback).toEqual({ kind: 'value', value: 7 });
  });

  it('tells the forms of a choice without a discriminator apart by the key that only one has', () => {
    const keys = described({ ca: z.union([mapping({ file: name }, 'File.'), mapping({ secret: name }, 'Secret.')]) });
    expect(keys.map(({ variant }) => variant)).toEqual(['', 'ca with file', 'ca with secret']);
  });

  it('leaves out a key that may never be given', () => {
    expect(described({ never: z.never({ error: 'is not allowed' }).optional() })).toEqual([]);
  });

  it('does not show how a secret is written down', () => {
    const secret = z.strictObject({ secure: z.string() }, { error: 'must be a secret' }).optional();
    expect(described({ password: secret }).map(({ path, allowed }) => [path, allowed])).toEqual([
      ['password', 'a secret'],
    ]);
  });
});
