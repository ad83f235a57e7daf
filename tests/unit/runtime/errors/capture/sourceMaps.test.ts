import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import {
  type SourceMapLimits,
  type SourceMapProblem,
  SourceMaps,
} from '../../../../../runtime/src/errors/capture/sourceMaps.ts';
import type { UnreadReason } from '../../../../../runtime/src/errors/capture/sourceFiles.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { redactText } from './describerFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

/** Line 1, column 1 comes from line 5, column 3 of the first source; line 2 from nowhere. */
const MAP = { version: 3, sources: ['../src/a.ts'], names: [], mappings: 'AAIE;' };
const FRAME: StackFrame = {
  functionName: 'run',
  file: 'dist/a.js',
  line: 1,
  column: 7,
  isAsync: true,
  isInApplication: true,
};
const RESOLVED: StackFrame = { ...FRAME, file: 'src/a.ts', line: 5, column: 3 };
const COMMENT = 'run()\n//# sourceMappingURL=';

interface Given {
  readonly limits?: SourceMapLimits;
  readonly workingDirectory?: string;
}

function sourceMaps(
  files: Readonly<Record<string, string | { reason: UnreadReason }>>,
  { limits, workingDirectory = '/app' }: Given = {},
) {
  const read = new FakeFiles(files);
  const problems: SourceMapProblem[] = [];
  const onProblem = (problem: SourceMapProblem) => problems.push(problem);
  const maps = new SourceMaps({
    files: read,
    redactText,
    workingDirectory,
    onProblem,
    ...(limits !== undefined && { limits }),
  });
  return { maps, read, problems };
}

/** What becomes of the frame with this map beside its file. */
async function resolvedBy(map: object, frame = FRAME) {
  const { maps, problems } = sourceMaps({ '/app/dist/a.js': 'run()', '/app/dist/a.js.map': JSON.stringify(map) });
  return { frame: await maps.resolveFrame(frame), problems };
}

function dataUrl(map: object, type = 'application/json;base64'): string {
  return `data:${type},${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

describe('a frame in a generated file', () => {
  it.each<[string, Record<string, string>]>([
    ['beside it', { '/app/dist/a.js': 'run()', '/app/dist/a.js.map': JSON.stringify(MAP) }],
    ['that it names', { '/app/dist/a.js': `${COMMENT}other.js.map\n`, '/app/dist/other.js.map': JSON.stringify(MAP) }],
    [
      'in another directory',
      { '/app/dist/a.js': `${COMMENT}../maps/a.js.map`, '/app/maps/a.js.map': JSON.stringify(MAP) },
    ],
    ['with a space', { '/app/dist/a.js': `${COMMENT}a%20b.map?x`, '/app/dist/a b.map': JSON.stringify(MAP) }],
    ['in its comment', { '/app/dist/a.js': COMMENT + dataUrl(MAP) }],
    [
      'in its comment, with a charset',
      { '/app/dist/a.js': COMMENT + dataUrl(MAP, 'application/json;charset=utf-8;base64') },
    ],
    [
      'in its comment, as a text',
      { '/app/dist/a.js': `${COMMENT}data:application/json,${encodeURIComponent(JSON.stringify(MAP))}` },
    ],
    ['in a comment of the old kind', { '/app/dist/a.js': `run()\n//@ sourceMappingURL=${dataUrl(MAP)}` }],
    ['in a comment with an end', { '/app/dist/a.js': `run()\n/*# sourceMappingURL=${dataUrl(MAP)}*/` }],
    ['in the last comment', { '/app/dist/a.js': `${COMMENT}x.map\n//# sourceMappingURL=${dataUrl(MAP)}` }],
    [
      'with the line against JSON hijacking',
      { '/app/dist/a.js': '', '/app/dist/a.js.map': `)]}'\n${JSON.stringify(MAP)}` },
    ],
  ])('is told by the map %s', async (_, files) => {
    const { maps, problems } = sourceMaps(files);
    expect(await maps.resolveFrame(FRAME)).toEqual(RESOLVED);
    expect(problems).toEqual([]);
  });

  it('of a real build is where the code was written', async () => {
    const source =
      'type Order = { total: number };\n\nexport function total(order: Order): number {\n  throw new TypeError(order.total.toString());\n}\n';
    const { code, map } = transformSync(source, {
      loader: 'ts',
      minify: true,
      sourcemap: 'external',
      sourcefile: 'src/order.ts',
    });
    const { maps } = sourceMaps({ '/app/order.js': code, '/app/order.js.map': map });
    const column = code.indexOf('new TypeError') + 1;
    const frame = { file: 'order.js', line: 1, column, isAsync: false, isInApplication: true };
    expect(await maps.resolveFrame(frame)).toEqual({ ...frame, file: 'src/order.ts', line: 4, column: 9 });
    expect(await maps.sourceOf(frame)).toBe(source);
  });

  it.each<[string, object, Partial<StackFrame>]>([
    ['a root', { sourceRoot: '../lib', sources: ['a.ts'] }, { file: 'lib/a.ts' }],
    ['a root that is a path', { sourceRoot: '/srv/', sources: ['a.ts'] }, { file: '/srv/a.ts' }],
    ['an absolute path', { sources: ['/app/src/b.ts'] }, { file: 'src/b.ts' }],
    ['a file: URL', { sources: ['file:///app/src/b.ts'] }, { file: 'src/b.ts' }],
    ["a bundler's URL", { sources: ['webpack://shop/./src/b.ts?1a'] }, { file: 'src/b.ts' }],
    ["a bundler's own", { sources: ['webpack:///(webpack)/run'] }, { file: 'webpack:///(webpack)/run' }],
    ['a package', { sources: ['../node_modules/pg/a.js'] }, { file: 'node_modules/pg/a.js', isInApplication: false }],
    [
      "a bundler's package",
      { sources: ['webpack://shop/node_modules/pg/a.js'] },
      { file: 'node_modules/pg/a.js', isInApplication: false },
    ],
    ['a place above everything', { sources: ['../../../../../a.ts'] }, { file: '/a.ts' }],
    ['a secret', { sources: ['secret.ts'] }, { file: 'dist/[redacted].ts' }],
    ['__proto__', { sources: ['__proto__'] }, { file: 'dist/__proto__' }],
  ])('comes from %s', async (_, map, expected) => {
    const { frame, problems } = await resolvedBy({ ...MAP, ...map });
    expect(frame).toEqual({ ...RESOLVED, ...expected });
    expect(problems).toEqual([]);
  });

  it('is told by a map of several', async () => {
    const sections = [
      { offset: { line: 0, column: 0 }, map: { ...MAP, sources: ['x.ts'], sourcesContent: ['x'] } },
      { offset: { line: 3, column: 0 }, map: { ...MAP, sources: ['y.ts'] } },
    ];
    const map = { version: 3, sections };
    expect((await resolvedBy(map)).frame).toEqual({ ...RESOLVED, file: 'dist/x.ts' });
    expect((await resolvedBy(map, { ...FRAME, line: 4 })).frame).toEqual({ ...RESOLVED, file: 'dist/y.ts' });
  });

  it.each<[string, Partial<StackFrame>]>([
    ['on a line that no source made', { line: 2 }],
    ['on a line behind the end', { line: 9 }],
    ['that is of a package', { isInApplication: false }],
    ['that is no program', { file: 'dist/a.txt' }],
    ['that is a URL', { file: 'https://cdn.test/a.js' }],
    ['with ..', { file: '../dist/a.js' }],
    ['with a zero byte', { file: 'dist/a\0.js' }],
  ])('stays as it is: %s', async (_, change) => {
    const frame = { ...FRAME, ...change };
    const { frame: resolved, problems } = await resolvedBy(MAP, frame);
    expect(resolved).toBe(frame);
    expect(problems).toEqual([]);
  });

  it('stays as it is without a line or a file', async () => {
    const { maps, read } = sourceMaps({});
    for (const frame of [
      { isAsync: false, isInApplication: true },
      { file: 'a.js', isAsync: false, isInApplication: true },
    ]) {
      expect(await maps.resolveFrame(frame)).toBe(frame);
    }
    expect(read.asked).toEqual([]);
  });
});

describe('a source map that cannot be used', () => {
  it.each<[string, string, string]>([
    ['no JSON', '{"version":3', 'the map is no JSON'],
    ['a list', '[]', 'the map is not of version 3'],
    ['null', 'null', 'the map is not of version 3'],
    ['of version 2', JSON.stringify({ ...MAP, version: 2 }), 'the map is not of version 3'],
    ['without mappings', JSON.stringify({ version: 3, sources: [] }), 'the map has no sources or no mappings'],
    ['with odd sources', JSON.stringify({ ...MAP, sources: [7] }), 'the map has no sources or no mappings'],
    ['with odd sections', '{"version":3,"sections":[7]}', 'a section of the map has no offset or no map'],
    [
      'with sections of sections',
      '{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":{"sections":[]}}]}',
      'a section of the map has no offset or no map',
    ],
    [
      'with an offset before the beginning',
      JSON.stringify({ version: 3, sections: [{ offset: { line: -1, column: 0 }, map: MAP }] }),
      'a section of the map has no offset or no map',
    ],
  ])('is %s, which is said once', async (_, map, reason) => {
    const { maps, problems, read } = sourceMaps({ '/app/dist/a.js': '', '/app/dist/a.js.map': map });
    expect(await maps.resolveFrame(FRAME)).toBe(FRAME);
    expect(await maps.resolveFrame(FRAME)).toBe(FRAME);
    expect(problems).toEqual([{ file: 'dist/a.js', reason }]);
    expect(read.asked).toEqual(['/app/dist/a.js', '/app/dist/a.js.map']);
  });

  it.each<[string, string, string]>([
    ['on the web', 'https://cdn.test/a.js.map', 'the map is elsewhere'],
    ['at an absolute path', '/etc/a.map', 'the map is elsewhere'],
    ['in a file: URL', 'file:///etc/a.map', 'the map is elsewhere'],
    ['in what is no map by its name', '../../../etc/passwd', 'the map is no file with .map at its end'],
    ['in a path with a zero byte', 'a%00.map', 'the map is no file with .map at its end'],
    ['in an image', 'data:image/png;base64,AAAA', 'the map in the comment is no JSON'],
    ['nowhere', 'gone.map', 'the map is missing'],
  ])('is %s', async (_, url, reason) => {
    const { maps, problems, read } = sourceMaps({ '/app/dist/a.js': COMMENT + url });
    expect(await maps.resolveFrame(FRAME)).toBe(FRAME);
    expect(problems).toEqual([{ file: 'dist/a.js', reason }]);
    expect(read.asked.filter((path) => !path.startsWith('/app/dist/'))).toEqual([]);
  });

  it('is too long, in a comment and beside', async () => {
    const limits = { maxMapBytes: JSON.stringify(MAP).length - 1 };
    const beside = sourceMaps({ '/app/dist/a.js': '', '/app/dist/a.js.map': JSON.stringify(MAP) }, { limits });
    const inside = sourceMaps({ '/app/dist/a.js': COMMENT + dataUrl(MAP) }, { limits });
    for (const { maps, problems } of [beside, inside]) {
      expect(await maps.resolveFrame(FRAME)).toBe(FRAME);
      expect(problems).toEqual([{ file: 'dist/a.js', reason: 'the map is too long' }]);
    }
  });

  it.each<[string, string]>([
    ['that points before the beginning', 'DDDD'],
    ['that is cut', 'gggggggg'],
    ['of other characters', '!!!~\ud800'],
    ['of a source that there is not', 'AKAA'],
    ['of nothing', ''],
  ])('has mappings %s', async (_, mappings) => {
    const { frame } = await resolvedBy({ ...MAP, mappings });
    expect(frame.line).toBeGreaterThanOrEqual(1);
    expect(frame.column).toBeGreaterThanOrEqual(1);
    expect(frame.file).toMatch(/^(?:dist\/a\.js|src\/a\.ts)$/);
  });
});

describe('source maps', () => {
  it('are not a problem where there are none', async () => {
    const without = sourceMaps({ '/app/dist/a.js': 'run()' });
    const gone = sourceMaps({});
    const long = sourceMaps({ '/app/dist/a.js': 'run()'.repeat(10) }, { limits: { maxFileBytes: 20 } });
    for (const { maps, problems } of [without, gone, long]) {
      expect(await maps.resolveFrame(FRAME)).toBe(FRAME);
      expect(problems).toEqual([]);
    }
  });

  it('are read once for frames that ask together, one file at a time', async () => {
    const names = ['a', 'b', 'c'];
    const files = names.flatMap(
      (name) =>
        [
          [`/app/${name}.js`, ''],
          [`/app/${name}.js.map`, JSON.stringify(MAP)],
        ] as const,
    );
    const { maps, read } = sourceMaps(Object.fromEntries(files));
    const frames = [...names, ...names].map((name) => ({ ...FRAME, file: `${name}.js` }));
    const resolved = await Promise.all(frames.map((frame) => maps.resolveFrame(frame)));
    expect(resolved.map(({ line }) => line)).toEqual([5, 5, 5, 5, 5, 5]);
    expect(read.asked).toHaveLength(6);
    expect(read.mostAtOnce).toBe(1);
  });

  it('are kept, those that were asked for last', async () => {
    const files = ['a', 'b', 'c'].flatMap(
      (name) =>
        [
          [`/app/${name}.js`, ''],
          [`/app/${name}.js.map`, JSON.stringify(MAP)],
        ] as const,
    );
    const { maps, read } = sourceMaps(Object.fromEntries(files), { limits: { maxMaps: 2 } });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await maps.resolveFrame({ ...FRAME, file: `${name}.js` });
    expect(read.asked.filter((path) => path.endsWith('.js'))).toEqual([
      '/app/a.js',
      '/app/b.js',
      '/app/c.js',
      '/app/b.js',
    ]);
  });

  it('are looked for again where too many files had none', async () => {
    const { maps, read } = sourceMaps({}, { limits: { maxFilesWithout: 2 } });
    for (const name of ['a', 'b', 'a', 'c', 'a']) await maps.resolveFrame({ ...FRAME, file: `${name}.js` });
    expect(read.asked).toEqual(['/app/a.js', '/app/b.js', '/app/c.js', '/app/a.js']);
  });

  it('are found on Windows', async () => {
    const files = { 'C:/shop/dist/a.js': '', 'C:/shop/dist/a.js.map': JSON.stringify(MAP) };
    const { maps } = sourceMaps(files, { workingDirectory: 'C:\\shop' });
    expect(await maps.resolveFrame(FRAME)).toEqual(RESOLVED);
    expect(await maps.resolveFrame({ ...FRAME, file: 'C:/shop/dist/a.js' })).toEqual(RESOLVED);
  });
});
