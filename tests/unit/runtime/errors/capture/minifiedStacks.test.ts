import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { SourceMaps, type SourceMapLimits } from '../../../../../runtime/src/errors/capture/sourceMaps.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { redactText } from './describerFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

const SOURCE = `export class Shop {
  showTotal(order) { return 1 + totalOf(order); }
}
function totalOf(order) { return order.lines.length + order.lines.at(0) + totalOf(order.next); }
`;
const { code, map } = transformSync(SOURCE, {
  minify: true,
  sourcemap: 'external',
  sourcefile: '../src/shop.js',
  format: 'esm',
});
const FILES = {
  '/app/dist/shop.js': code,
  '/app/dist/shop.js.map': map,
  '/app/dist/other.js': '1',
  '/app/dist/other.js.map': map,
};

/** A frame where the code says this. */
function frameAt(text: string, changes: Partial<StackFrame> = {}): StackFrame {
  const column = code.indexOf(text) + 1;
  return {
    functionName: 'r',
    file: 'dist/shop.js',
    line: 1,
    column,
    isAsync: false,
    isInApplication: true,
    ...changes,
  };
}

const CALL = /return 1\+(\w+)\(/.exec(code);
const FRAMES: readonly StackFrame[] = [
  frameAt('lines'),
  frameAt(`${CALL?.[1] ?? ''}(`, { column: (CALL?.index ?? 0) + 'return 1+'.length + 1, functionName: 'e.showTotal' }),
];

function sourceMaps(limits: SourceMapLimits = {}): SourceMaps {
  return new SourceMaps({ files: new FakeFiles(FILES), redactText, workingDirectory: '/app', limits });
}

function namesOf(frames: readonly StackFrame[] | undefined): readonly unknown[] | undefined {
  return frames?.map(({ functionName, file, line }) => [functionName, file, line]);
}

test('a function is called what its caller calls it in the source, and a method keeps its name and gets its class back', async () => {
  expect(namesOf(await sourceMaps().resolveFrames(FRAMES))).toEqual([
    ['totalOf', 'src/shop.js', 4],
    ['Shop.showTotal', 'src/shop.js', 2],
  ]);
});

test('what goes on after await is not called by the next frame', async () => {
  const frames = [frameAt('lines'), { ...FRAMES[1], isAsync: true } as StackFrame];

  expect(namesOf(await sourceMaps().resolveFrames(frames))?.[0]).toEqual(['r', 'src/shop.js', 4]);
});

test('at once only maps are asked that have been read', async () => {
  const maps = sourceMaps();

  expect(maps.knownFrames(FRAMES)).toBeUndefined();
  await maps.resolveFrames(FRAMES);
  expect(maps.knownFrames(FRAMES)).toEqual(await maps.resolveFrames(FRAMES));
});

test('a map that is no longer kept is not known at once', async () => {
  const maps = sourceMaps({ maxMaps: 1 });
  await maps.resolveFrames(FRAMES);
  await maps.resolveFrame(frameAt('lines', { file: 'dist/other.js' }));

  expect(maps.knownFrames(FRAMES)).toBeUndefined();
});

test('frames of files without maps stay as they are', async () => {
  const frames = [frameAt('lines', { file: 'dist/none.js' }), frameAt('lines', { file: 'node:fs' })];

  expect(await sourceMaps().resolveFrames(frames)).toEqual(frames);
});
