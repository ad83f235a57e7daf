import { describe, expect, it } from 'vitest';
import { isUnknown, pathOf, UnknownFieldError } from '../../../../policies/kubernetes/unknown.ts';
import { engineUnknowns, unknownText } from '../../../support/engineUnknowns.ts';

describe('an unknown value', () => {
  it("is each of the engine's placeholders", () => {
    expect(engineUnknowns).toHaveLength(7);
    expect(engineUnknowns.filter((placeholder) => !isUnknown(placeholder))).toEqual([]);
  });

  it.each([
    undefined,
    null,
    7,
    '',
    [unknownText],
    { unknownText },
    `${unknownText} `,
    unknownText.toUpperCase(),
    unknownText.replace('0', '1'),
    'x'.repeat(unknownText.length),
  ])('is not %j', (value) => expect(isUnknown(value)).toBe(false));

  it('is named by the error that reading it makes', () => {
    const holder = {};
    const error = new UnknownFieldError('image', holder);
    expect(error.holder).toBe(holder);
    expect(error).toMatchObject({
      name: 'UnknownFieldError',
      field: 'image',
      message: 'image is known only after the deployment',
    });
  });
});

describe('pathOf', () => {
  const wanted = {};
  const itself: Record<string, unknown> = { other: {} };
  itself['itself'] = itself;

  it.each<[unknown, string | undefined]>([
    [wanted, ''],
    [{ spec: wanted }, 'spec'],
    [{ spec: { containers: [{}, { env: wanted }] } }, 'spec.containers[1].env'],
    [[[wanted]], '[0][0]'],
    [{ 'example.com/note': { a: wanted } }, 'example.com/note.a'],
    [{ first: wanted, second: wanted }, 'first'],
    [{ spec: {} }, undefined],
    [undefined, undefined],
    ['text', undefined],
    [itself, undefined],
  ])('finds a value by being itself, case %#', (value, path) => expect(pathOf(wanted, value)).toBe(path));
});
