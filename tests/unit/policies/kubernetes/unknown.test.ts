import { describe, expect, it } from 'vitest';
import { isUnknown, UnknownFieldError, unknownPaths } from '../../../../policies/kubernetes/unknown.ts';
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

  it('is found wherever it stands', () => {
    const spec = { a: unknownText, b: [1, { c: unknownText }, unknownText], d: { e: null, f: 'text' } };
    expect(unknownPaths({ spec })).toEqual(['spec.a', 'spec.b[1].c', 'spec.b[2]']);
    expect(unknownPaths(spec, 'here')).toEqual(['here.a', 'here.b[1].c', 'here.b[2]']);
    expect(unknownPaths(unknownText, 'here')).toEqual(['here']);
    expect(unknownPaths('text')).toEqual([]);
  });

  it('is named by the error that reading it makes', () => {
    expect(new UnknownFieldError('image')).toMatchObject({
      name: 'UnknownFieldError',
      field: 'image',
      message: 'image is known only after the deployment',
    });
  });
});
