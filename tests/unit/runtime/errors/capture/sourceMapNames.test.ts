import { describe, expect, it } from 'vitest';
import { SourceMaps } from '../../../../../runtime/src/errors/capture/sourceMaps.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { redactText } from './describerFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

/** Column 1 comes from line 1 of the first source, and there is the first name; column 2 from line 2, the second name. */
const MAPPINGS = 'AAAAA,CACAC';

interface GivenMap {
  readonly names?: readonly string[];
  readonly sources?: readonly string[];
  readonly sourceRoot?: string;
}

function mapOf({ names = ['innerName', 'outerName'], sources = ['a.ts'], sourceRoot = '' }: GivenMap = {}): string {
  return JSON.stringify({ version: 3, sources, sourceRoot, names, mappings: MAPPINGS });
}

function sourceMaps(files: Readonly<Record<string, string>> = { '/app/a.js': '', '/app/a.js.map': mapOf() }) {
  return new SourceMaps({ files: new FakeFiles(files), redactText, workingDirectory: '/app' });
}

const INNER: StackFrame = {
  functionName: 'r',
  file: 'a.js',
  line: 1,
  column: 1,
  isAsync: false,
  isInApplication: true,
};
const OUTER: StackFrame = { ...INNER, functionName: 'e', column: 2 };

describe('a function that a minifier has renamed', () => {
  it('is called what its caller calls it', async () => {
    const [inner, outer] = await sourceMaps().resolveFrames([INNER, OUTER]);
    expect([inner?.functionName, outer?.functionName]).toEqual(['outerName', 'e']);
  });

  it.each<[string, Partial<StackFrame>, Partial<StackFrame>]>([
    ['is a method', { functionName: 'Shop.r' }, {}],
    ['is called by a file of another kind', {}, { file: 'b.js' }],
    ['is gone on with after await', {}, { isAsync: true }],
  ])('keeps its name where it %s', async (_, inner, outer) => {
    const maps = sourceMaps({
      '/app/a.js': '',
      '/app/a.js.map': mapOf(),
      '/app/b.js': '',
      '/app/b.js.map': mapOf(),
    });
    const [resolved] = await maps.resolveFrames([
      { ...INNER, ...inner },
      { ...OUTER, ...outer },
    ]);
    expect(resolved?.functionName).toBe(inner.functionName ?? 'r');
  });

  it('has no name where it has none, though its caller calls it so', async () => {
    const { functionName: _, ...nameless } = INNER;
    expect((await sourceMaps().resolveFrames([nameless, OUTER]))[0]).not.toHaveProperty('functionName');
  });

  it('keeps its name where the map has none, or an empty one', async () => {
    for (const names of [[], ['', '']]) {
      const maps = sourceMaps({ '/app/a.js': '', '/app/a.js.map': mapOf({ names }) });
      expect((await maps.resolveFrames([INNER, OUTER]))[0]?.functionName).toBe('r');
    }
  });

  it('is called without secrets, and cut', async () => {
    const names = ['', `my secret ${'x'.repeat(300)}`];
    const maps = sourceMaps({ '/app/a.js': '', '/app/a.js.map': mapOf({ names }) });
    const [inner] = await maps.resolveFrames([INNER, OUTER]);
    expect(inner?.functionName).toBe(`my [redacted] ${'x'.repeat(185)}…`);
  });
});

describe('the file of a frame', () => {
  it('is cut, and has no half of a secret where it is', async () => {
    const source = `${'x'.repeat(496)}secret.ts`;
    const maps = sourceMaps({ '/app/a.js': '', '/app/a.js.map': mapOf({ sources: [source] }) });
    expect((await maps.resolveFrame(INNER)).file).toBe(`${'x'.repeat(496)}[re…`);
  });

  it.each([
    ['a.ts', 'lib/a.ts'],
    ['/app/src/a.ts', 'src/a.ts'],
    ['C:/src/a.ts', 'C:/src/a.ts'],
    ['file:///app/src/a.ts', 'src/a.ts'],
    ['webpack://shop/./src/a.ts', 'src/a.ts'],
  ])('that the map calls %s is %s where there is a root', async (source, file) => {
    for (const sourceRoot of ['lib', 'lib/']) {
      const maps = sourceMaps({ '/app/a.js': '', '/app/a.js.map': mapOf({ sources: [source], sourceRoot }) });
      expect((await maps.resolveFrame(INNER)).file).toBe(file);
    }
  });

  it('is found from where the map is, and not from where the generated file is', async () => {
    const maps = sourceMaps({
      '/app/dist/a.js': 'run()\n//# sourceMappingURL=maps/deep/a.js.map',
      '/app/dist/maps/deep/a.js.map': mapOf({ sources: ['../../../src/a.ts'] }),
    });
    expect((await maps.resolveFrame({ ...INNER, file: 'dist/a.js' })).file).toBe('src/a.ts');
  });
});

describe('a frame', () => {
  it('without a column is at the beginning of its line', async () => {
    const { column: _, ...frame } = INNER;
    const maps = sourceMaps();
    expect(await maps.resolveFrame(frame)).toMatchObject({ file: 'a.ts', line: 1, column: 1 });
    expect(maps.knownFrames([frame])).toMatchObject([{ file: 'a.ts', line: 1, column: 1 }]);
  });

  it('without a line stays as it is beside others', async () => {
    const { line: _, ...frame } = INNER;
    const maps = sourceMaps();
    await maps.resolveFrame(INNER);
    expect(maps.knownFrames([frame])).toBeUndefined();
    expect(maps.knownFrames([frame, INNER])?.[0]).toBe(frame);
  });
});
