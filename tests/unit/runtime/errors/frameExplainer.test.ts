import { describe, expect, it } from 'vitest';
import type { StackFrame } from '../../../../runtime/src/errors/errorFacts.ts';
import { FrameExplainer } from '../../../../runtime/src/errors/frameExplainer.ts';
import { redactText } from './capture/describerFixture.ts';
import { FakeFiles } from './capture/fakeFiles.ts';

/** Line 1, column 1 comes from line 2, column 1 of the first source. */
const MAPPINGS = 'AACA';
const map = (sources: readonly string[], sourcesContent?: readonly string[]): string =>
  JSON.stringify({ version: 3, sources, names: [], mappings: MAPPINGS, ...(sourcesContent && { sourcesContent }) });

const frameIn = (file: string): StackFrame => ({
  file,
  line: 1,
  column: 1,
  isAsync: false,
  isInApplication: !file.includes('node_modules'),
});

function explainer(files: Readonly<Record<string, string>>) {
  const read = new FakeFiles(files);
  return { read, explainer: new FrameExplainer({ files: read, redactText, workingDirectory: '/app' }) };
}

const BUILD = {
  '/app/dist/a.js': 'run()',
  '/app/dist/a.js.map': map(['../src/a.ts'], ['first\nthe secret']),
  '/app/dist/b.js': 'go()',
  '/app/dist/b.js.map': map(['../src/b.ts']),
  '/app/src/b.ts': 'first\nsecond',
  '/app/dist/bundle.js': 'run()',
  '/app/dist/bundle.js.map': map(['../node_modules/pg/pg.ts'], ['first\nsecond']),
  '/app/plain.js': 'plain()',
};

describe('the frames of an error', () => {
  it('are shown where their code comes from, with the code that the map has, or the file', async () => {
    const { explainer: explaining } = explainer(BUILD);
    const frames = [frameIn('dist/a.js'), frameIn('dist/b.js'), frameIn('plain.js'), frameIn('gone.js')];
    const explained = await explaining.explain({ frames });
    expect(explained).toEqual([
      {
        frame: { ...frames[0], file: 'src/a.ts', line: 2 },
        code: { before: ['first'], line: 'the [redacted]', after: [] },
      },
      { frame: { ...frames[1], file: 'src/b.ts', line: 2 }, code: { before: ['first'], line: 'second', after: [] } },
      { frame: frames[2], code: { before: [], line: 'plain()', after: [] } },
      { frame: frames[3] },
    ]);
    for (const part of [explained, ...explained]) expect(part).toSatisfy(Object.isFrozen);
  });

  it('have no code that is not of the application, though the map has it', async () => {
    const { explainer: explaining } = explainer(BUILD);
    const frames = [frameIn('dist/bundle.js'), frameIn('node_modules/pg/a.js')];
    expect(await explaining.explain({ frames })).toEqual([
      { frame: { ...frames[0], file: 'node_modules/pg/pg.ts', line: 2, isInApplication: false } },
      { frame: frames[1] },
    ]);
  });
});

describe('frames that are known', () => {
  it('are told by the maps of all files that were loaded', async () => {
    const { explainer: explaining, read } = explainer(BUILD);
    const frames = [frameIn('dist/a.js'), frameIn('dist/b.js')];
    expect(explaining.known(frames)).toBeUndefined();
    await explaining.load(['dist/a.js', '/app/dist/b.js', 'dist/gone.js']);
    const asked = read.asked.length;
    expect(explaining.known(frames)?.map(({ file }) => file)).toEqual(['src/a.ts', 'src/b.ts']);
    expect(read.asked).toHaveLength(asked);
  });

  it.each(['dist/a.js', './dist/a.js', 'dist\\a.js', '/app/dist/a.js', 'file:///app/dist/a.js'])(
    'are told by a map whose file is given as %s',
    async (file) => {
      const { explainer: explaining } = explainer(BUILD);
      await explaining.load([file]);
      expect(explaining.known([frameIn('dist/a.js')])).toMatchObject([{ file: 'src/a.ts' }]);
    },
  );

  it('stay as they are beside others', async () => {
    const { explainer: explaining } = explainer(BUILD);
    await explaining.load(['dist/a.js']);
    const frames = [frameIn('plain.js'), frameIn('dist/a.js'), frameIn('dist/b.js')];
    const known = explaining.known(frames);
    expect(known?.map(({ file }) => file)).toEqual(['plain.js', 'src/a.ts', 'dist/b.js']);
    expect(known).toSatisfy(Object.isFrozen);
  });
});
