import { expect, it } from 'vitest';
import { CodeContext } from '../../../../../runtime/src/errors/capture/codeContext.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { redactText } from './describerFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

const MOST_BYTES = 2_097_152;

function frameIn(file: string, changes: Partial<StackFrame> = {}): StackFrame {
  return { file, line: 1, column: 1, isAsync: false, isInApplication: true, ...changes };
}

function codeContext(files: Readonly<Record<string, string>> = {}) {
  const read = new FakeFiles(files);
  return { read, context: new CodeContext({ files: read, redactText, workingDirectory: '/app' }) };
}

it.each([
  [MOST_BYTES, true],
  [MOST_BYTES + 1, false],
])('the code of a file of %d bytes is shown where nothing else is said: %s', async (bytes, isShown) => {
  const text = 'first\n'.padEnd(bytes);
  const { context } = codeContext({ '/app/a.ts': text });
  expect((await context.linesAround(frameIn('a.ts')))?.line).toBe(isShown ? 'first' : undefined);
  expect((await context.linesAround(frameIn('b.ts'), text))?.line).toBe(isShown ? 'first' : undefined);
});

it('eight files are kept, those that were asked for last', async () => {
  const { context, read } = codeContext();
  const ask = async (...names: readonly number[]): Promise<readonly string[]> => {
    const before = read.asked.length;
    for (const name of names) await context.linesAround(frameIn(`${name}.ts`));
    return read.asked.slice(before);
  };
  await ask(0, 1, 2, 3, 4, 5, 6, 7);
  expect(await ask(0)).toEqual([]);
  expect(await ask(8, 0, 2)).toEqual(['/app/8.ts']);
  expect(await ask(1)).toEqual(['/app/1.ts']);
});

it.each([60, 99])('a long line begins with no rest of a word of %d characters', async (length) => {
  const word = 'k'.repeat(length);
  const line = `${'x;'.repeat(300)}a${word};${'y;'.repeat(300)}`;
  const { context } = codeContext({ '/app/a.ts': line });
  // A hundred characters before the column is right behind the first of the word's.
  const column = 600 + 1 + 100 + 1;
  expect((await context.linesAround(frameIn('a.ts', { column })))?.line).toMatch(/^…;y;/);
});

it('a word that does not end is shown from its middle', async () => {
  const line = `${'x;'.repeat(300)}${'k'.repeat(2000)}`;
  const { context } = codeContext({ '/app/a.ts': line });
  const shown = await context.linesAround(frameIn('a.ts', { column: 1000 }));
  expect(shown?.line).toBe(`…${'k'.repeat(198)}…`);
});
