import { describe, expect, it } from 'vitest';
import { CodeContext } from '../../../../../runtime/src/errors/capture/codeContext.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { redactText } from './describerFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

const TWELVE = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
const FRAME: StackFrame = { file: 'src/a.ts', line: 6, column: 1, isAsync: false, isInApplication: true };

function codeContext(
  files: Readonly<Record<string, string>>,
  options: { linesAround?: number; maxFileBytes?: number } = {},
) {
  const read = new FakeFiles(files);
  return { read, context: new CodeContext({ files: read, redactText, workingDirectory: '/app', ...options }) };
}

function linesOf(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
}

describe('the code around a frame', () => {
  it.each([
    [1, [], linesOf(2, 6)],
    [3, linesOf(1, 2), linesOf(4, 8)],
    [6, linesOf(1, 5), linesOf(7, 11)],
    [12, linesOf(7, 11), []],
  ])('is five lines before line %i and after it, as far as there are any', async (line, before, after) => {
    const { context } = codeContext({ '/app/src/a.ts': TWELVE });
    expect(await context.linesAround({ ...FRAME, line })).toEqual({ before, line: `line ${line}`, after });
  });

  it('is as many lines as were asked for', async () => {
    const { context } = codeContext({ '/app/src/a.ts': TWELVE }, { linesAround: 1 });
    expect(await context.linesAround(FRAME)).toEqual({ before: ['line 5'], line: 'line 6', after: ['line 7'] });
  });

  it('is what is given, where it is', async () => {
    const { context, read } = codeContext({});
    const shown = await context.linesAround({ ...FRAME, file: 'elsewhere', line: 2 }, 'a\r\nb\u2028c\rd');
    expect(shown).toEqual({ before: ['a'], line: 'b', after: ['c', 'd'] });
    expect(read.asked).toEqual([]);
  });

  it('is redacted and frozen', async () => {
    const { context } = codeContext({ '/app/src/a.ts': 'a secret\nthe secret\nno secret' });
    const shown = await context.linesAround({ ...FRAME, line: 2 });
    expect(shown).toEqual({ before: ['a [redacted]'], line: 'the [redacted]', after: ['no [redacted]'] });
    for (const part of [shown, shown?.before, shown?.after]) expect(part).toSatisfy(Object.isFrozen);
  });

  it('is cut to 200 characters, of the line itself around the column', async () => {
    const long = Array.from({ length: 500 }, (_, index) => `f${index};`).join('');
    const { context } = codeContext({ '/app/src/a.ts': `${long}\n${long}\n${long}` });
    const column = long.indexOf('f400;') + 1;
    const shown = await context.linesAround({ ...FRAME, line: 2, column });
    expect(shown?.before).toEqual([`${long.slice(0, 199)}…`]);
    expect(shown?.line).toHaveLength(200);
    expect(shown?.line).toMatch(/^…;f38\d;.*f400;.*…$/);
    expect((await context.linesAround({ ...FRAME, line: 2, column: 1 }))?.line).toBe(`${long.slice(0, 199)}…`);
    expect((await context.linesAround({ ...FRAME, line: 2, column: 1e9 }))?.line).toMatch(/^…;.*f499;$/);
  });

  it.each<[string, Partial<StackFrame>]>([
    ['its line is behind the end', { line: 13 }],
    ['its line is 0', { line: 0 }],
    ['its file is missing', { file: 'src/b.ts' }],
    ['its file is no program', { file: 'src/.env' }],
    ['its file is above', { file: '../a.ts' }],
    ['its file is above, by a whole path', { file: '/app/../a.ts' }],
    ['its file is above, as Windows writes it', { file: 'src\\..\\..\\a.ts' }],
    ['its file is on another machine', { file: '//server/a.ts' }],
    ['its file is on another machine, as Windows writes it', { file: '\\\\server\\a.ts' }],
    ['its file is a URL', { file: 'https://cdn.test/a.ts' }],
    ["its file is Node's", { file: 'node:fs.js', isInApplication: false }],
    ['its file is of a package', { isInApplication: false }],
  ])('is not shown where %s', async (_, change) => {
    const paths = ['/app/src/a.ts', '/app/src/.env', '/a.ts', '/app/../a.ts', '/app/src\\..\\..\\a.ts'];
    const away = ['//server/a.ts', '\\\\server\\a.ts'];
    const { context } = codeContext(Object.fromEntries([...paths, ...away].map((path) => [path, TWELVE])));
    expect(await context.linesAround({ ...FRAME, ...change })).toBeUndefined();
  });

  it('is not shown without a line, nor without a file', async () => {
    const { context } = codeContext({ '/app/src/a.ts': TWELVE });
    expect(await context.linesAround({ file: 'src/a.ts', isAsync: false, isInApplication: true })).toBeUndefined();
    expect(await context.linesAround({ line: 1, isAsync: false, isInApplication: true })).toBeUndefined();
  });

  it('is not shown of long files', async () => {
    const { context } = codeContext({ '/app/src/a.ts': TWELVE }, { maxFileBytes: 20 });
    expect(await context.linesAround(FRAME)).toBeUndefined();
    expect(await context.linesAround(FRAME, TWELVE)).toBeUndefined();
  });

  it('is read once for a file, and of eight files at most', async () => {
    const { context, read } = codeContext({ '/app/src/a.ts': TWELVE });
    await Promise.all([1, 2, 3].map((line) => context.linesAround({ ...FRAME, line })));
    expect(read.asked).toEqual(['/app/src/a.ts']);
    for (let number = 0; number < 8; number += 1) await context.linesAround({ ...FRAME, file: `${number}.ts` });
    await context.linesAround(FRAME);
    expect(read.asked.filter((path) => path === '/app/src/a.ts')).toHaveLength(2);
    await context.linesAround({ ...FRAME, file: '7.ts' });
    expect(read.asked).toHaveLength(10);
  });
});
