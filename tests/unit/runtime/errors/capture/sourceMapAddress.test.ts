import { describe, expect, it } from 'vitest';
import { directoryOf, joined, sourceMapAddress } from '../../../../../runtime/src/errors/capture/sourceMapAddress.ts';

const PATH = '/app/dist/a.js';
const BESIDE = { path: '/app/dist/a.js.map', isNamed: false };

describe('the map of a file', () => {
  it.each([
    ['nothing', 'run()'],
    ['the mark at its beginning', ' sourceMappingURL=b.map'],
    ['the mark in a text of its code', 'const mark = "a sourceMappingURL=b.map"'],
    ['a comment of another kind', '# sourceMappingURL=b.map'],
    ['a comment without the space', '//#sourceMappingURL=b.map'],
  ])('is beside it where it has %s', (_, text) => {
    expect(sourceMapAddress(PATH, text)).toEqual(BESIDE);
  });

  it.each([
    ['b.map', '/app/dist/b.map'],
    ['./b.map', '/app/dist/b.map'],
    ['../b.map', '/app/b.map'],
    ['../../../../b.map', '/b.map'],
    ['maps//x/../b.map', '/app/dist/maps/b.map'],
    ['a%20b.map', '/app/dist/a b.map'],
    ['100%.map', '/app/dist/100%.map'],
    ['b.map?v=1#x', '/app/dist/b.map'],
    ['b.map then more', '/app/dist/b.map'],
    ['b.map*/run()', '/app/dist/b.map'],
  ])('that it calls %s is %s', (url, path) => {
    for (const comment of ['//#', '//@', '/*#', '/*@'])
      expect(sourceMapAddress(PATH, `${comment} sourceMappingURL=${url}`)).toEqual({ path, isNamed: true });
  });

  it('is the one that it names last', () => {
    const text = '//# sourceMappingURL=b.map\n//# sourceMappingURL=c.map\nrun()';
    expect(sourceMapAddress(PATH, text)).toEqual({ path: '/app/dist/c.map', isNamed: true });
  });

  it.each(['https://cdn.test/b.map', 'file:///etc/b.map', '/etc/b.map', 'C:/b.map', 'C:\\b.map', '\\\\server\\b.map'])(
    'is not looked for at %s',
    (url) => {
      expect(sourceMapAddress(PATH, `//# sourceMappingURL=${url}`)).toEqual({ reason: 'the map is elsewhere' });
    },
  );

  it.each(['../.env', 'b.map/x', 'b.map%2Fx', 'b%00.map', '', '?b.map'])('is not looked for in %j', (url) => {
    expect(sourceMapAddress(PATH, `//# sourceMappingURL=${url}`)).toEqual({
      reason: 'the map is no file with .map at its end',
    });
  });

  it.each([
    ['data:application/json,%7B%7D', '{}'],
    ['data:application/json;base64,eyLDpCI6MX0=', '{"ä":1}'],
    ['data:Application/JSON;charset=UTF-8;BASE64,e30=', '{}'],
    ['data:application/json;charset=utf-8,%', '%'],
  ])('in its comment %s is %s', (url, json) => {
    expect(sourceMapAddress(PATH, `//# sourceMappingURL=${url}`)).toEqual({ json });
  });

  it.each(['data:text/json,{}', 'data:application/json;base64', 'data:application/json;base32,e30='])(
    'is no JSON in %s',
    (url) => {
      expect(sourceMapAddress(PATH, `//# sourceMappingURL=${url}`)).toEqual({
        reason: 'the map in the comment is no JSON',
      });
    },
  );
});

describe('paths', () => {
  it.each([
    ['/', '../a.ts', '/a.ts'],
    ['/app/', '.', '/app'],
    ['C:/app/dist/', '../../../src/a.ts', 'C:/src/a.ts'],
    ['//server/share/dist/', '../src/a.ts', '//server/share/src/a.ts'],
  ])('from %s to %s lead to %s', (directory, relative, path) => {
    expect(joined(directory, relative)).toBe(path);
  });

  it('are in the directory that is named before the last slash', () => {
    expect([directoryOf('/app/dist/a.js'), directoryOf('/a.js')]).toEqual(['/app/dist/', '/']);
  });
});
