import { describe, expect, it } from 'vitest';
import { ParsedSourceMap } from '../../../../../runtime/src/errors/capture/parsedSourceMap.ts';

/** Column 1 comes from line 1, column 1 of the first source, and there is the first name; column 5 from line 2, column 3. */
const MAP = { version: 3, sources: ['a.ts', 'b.ts'], names: ['total'], mappings: 'AAAAA,IACE;' };

function parsed(changes: object = {}): ParsedSourceMap {
  return new ParsedSourceMap(JSON.stringify({ ...MAP, ...changes }));
}

/** A map of a section that begins there. */
function sectioned(offset: object, map: object = {}): ParsedSourceMap {
  return new ParsedSourceMap(JSON.stringify({ version: 3, sections: [{ offset, map: { ...MAP, ...map } }] }));
}

describe('a place in a generated file', () => {
  it.each([
    [1, 1, 1, 'total'],
    [4, 1, 1, 'total'],
    [5, 2, 3, undefined],
    [500, 2, 3, undefined],
  ])('at column %d comes from line %d, column %d, and is called %s', (column, line, original, name) => {
    expect(parsed().originOf(1, column)).toEqual({ source: 'a.ts', line, column: original, name });
  });

  it('comes from nowhere that is on another line', () => {
    expect(parsed().originOf(2, 1)).toBeUndefined();
    expect(parsed({ mappings: ';AAAA' }).originOf(1, 1)).toBeUndefined();
  });

  it.each([
    ['a line before the first', 'AADA'],
    ['a column before the first', 'AAAD'],
    ['no source', 'A;'],
    ['a source that there is not', 'AEAA'],
  ])('comes from nowhere where the map says %s', (_, mappings) => {
    expect(parsed({ mappings }).originOf(1, 1)).toBeUndefined();
  });

  it('is told by the last segment too, which nothing ends', () => {
    expect(parsed({ mappings: 'AAAAA,IACE' }).originOf(1, 5)).toEqual({
      source: 'a.ts',
      line: 2,
      column: 3,
      name: undefined,
    });
    expect(parsed({ mappings: 'A' }).originOf(1, 1)).toBeUndefined();
  });

  it.each([undefined, null, 7, {}, [7], ['']])('has no name where the names are %j', (names) => {
    expect(parsed({ names }).originOf(1, 1)).toEqual({ source: 'a.ts', line: 1, column: 1, name: undefined });
  });
});

describe('a source map', () => {
  it('has the texts of its sources that are texts', () => {
    const map = parsed({ sourcesContent: [null, 'b'] });
    expect(['a.ts', 'b.ts', 'c.ts'].map((source) => map.contentOf(source))).toEqual([undefined, 'b', undefined]);
    expect(parsed({ sourcesContent: { 0: 'a' } }).contentOf('a.ts')).toBeUndefined();
    expect(parsed({ sourcesContent: ['a', 'b', 'c'] }).contentOf('a.ts')).toBe('a');
  });

  it.each([
    ['lib/', 'lib/'],
    [undefined, ''],
    [null, ''],
    [7, ''],
  ])('whose root is %j has the root %j', (sourceRoot, expected) => {
    expect(parsed({ sourceRoot }).sourceRoot).toBe(expected);
  });

  it('of several has the texts of all, and their places from where they begin', () => {
    const map = sectioned({ line: 2, column: 3 }, { sourcesContent: ['a'] });
    expect(map.contentOf('a.ts')).toBe('a');
    expect(map.originOf(3, 4)).toEqual({ source: 'a.ts', line: 1, column: 1, name: 'total' });
    expect(map.originOf(1, 1)).toBeUndefined();
  });

  it.each([
    [{ line: 0, column: -1 }],
    [{ line: 0 }],
    [{ line: 0.5, column: 0 }],
    [{ line: '0', column: 0 }],
    [{ line: 0, column: null }],
  ])('of several has none that begins at %j', (offset) => {
    expect(() => sectioned(offset)).toThrow('a section of the map has no offset or no map');
  });

  it.each([{ version: 2 }, { sources: 'a.ts' }, { sources: [null] }, { mappings: 7 }])(
    'of several has none that has %j',
    (changes) => {
      expect(() => sectioned({ line: 0, column: 0 }, changes)).toThrow(/^the map (?:is not of version 3|has no)/);
    },
  );

  it('is read behind the line against JSON hijacking, and only there', () => {
    expect(new ParsedSourceMap(`)]}'\n${JSON.stringify(MAP)}`).originOf(1, 1)).toBeDefined();
    expect(() => new ParsedSourceMap(`)]}\n${JSON.stringify(MAP)}`)).toThrow('the map is no JSON');
  });
});
