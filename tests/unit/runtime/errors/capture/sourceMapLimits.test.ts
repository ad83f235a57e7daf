import { expect, it } from 'vitest';
import {
  type SourceMapLimits,
  type SourceMapProblem,
  SourceMaps,
} from '../../../../../runtime/src/errors/capture/sourceMaps.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { redactText } from './describerFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

const MEBIBYTE = 1_048_576;
const MAP = JSON.stringify({ version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA' });

function frameIn(file: string): StackFrame {
  return { file, line: 1, column: 1, isAsync: false, isInApplication: true };
}

function sourceMaps(files: Readonly<Record<string, string>>, limits?: SourceMapLimits) {
  const read = new FakeFiles(files);
  const problems: SourceMapProblem[] = [];
  const maps = new SourceMaps({
    files: read,
    redactText,
    workingDirectory: '/app',
    onProblem: (problem) => problems.push(problem),
    ...(limits && { limits }),
  });
  return { read, maps, problems };
}

/** So many files, each with a map beside it. */
function filesWithMaps(count: number): Record<string, string> {
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index += 1) {
    files[`/app/${index}.js`] = '';
    files[`/app/${index}.js.map`] = MAP;
  }
  return files;
}

it.each([
  [4 * MEBIBYTE, []],
  [4 * MEBIBYTE + 1, [{ file: 'a.js', reason: 'the map is too long' }]],
])('a map of %d bytes is read where nothing else is said, unless it is too long', async (bytes, expected) => {
  const { maps, problems } = sourceMaps({ '/app/a.js': '', '/app/a.js.map': MAP.padEnd(bytes) });
  expect((await maps.resolveFrame(frameIn('a.js'))).file).toBe(expected.length === 0 ? 'a.ts' : 'a.js');
  expect(problems).toEqual(expected);
});

it.each([
  [16 * MEBIBYTE, 'a.ts'],
  [16 * MEBIBYTE + 1, 'a.js'],
])('a generated file of %d bytes has its code from %s where nothing else is said', async (bytes, file) => {
  const { maps } = sourceMaps({ '/app/a.js': ''.padEnd(bytes), '/app/a.js.map': MAP });
  expect((await maps.resolveFrame(frameIn('a.js'))).file).toBe(file);
});

it.each([
  [MAP.length, 'a.ts'],
  [MAP.length - 1, 'a.js'],
])('of a map in a comment may be %d characters, and so the code is in %s', async (maxMapBytes, file) => {
  const comment = `//# sourceMappingURL=data:application/json;base64,${btoa(MAP)}`;
  const { maps } = sourceMaps({ '/app/a.js': `run() ${comment}` }, { maxMapBytes });
  expect((await maps.resolveFrame(frameIn('a.js'))).file).toBe(file);
});

it('the maps of eight files are kept where nothing else is said', async () => {
  const { maps } = sourceMaps(filesWithMaps(9));
  const frames = Array.from({ length: 9 }, (_, index) => frameIn(`${index}.js`));
  for (const frame of frames) await maps.resolveFrame(frame);
  expect(frames.map((frame) => maps.knownFrames([frame]) !== undefined)).toEqual([
    false,
    ...Array.from({ length: 8 }, () => true),
  ]);
});

it('a map that has had to make room while it was read is not kept', async () => {
  const { maps } = sourceMaps(filesWithMaps(2), { maxMaps: 1 });
  const frames = [frameIn('0.js'), frameIn('1.js')];
  expect((await Promise.all(frames.map((frame) => maps.resolveFrame(frame)))).map(({ file }) => file)).toEqual([
    'a.ts',
    'a.ts',
  ]);
  expect(frames.map((frame) => maps.knownFrames([frame]) !== undefined)).toEqual([false, true]);
});
