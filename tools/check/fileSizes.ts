import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The most lines a source file may have. */
export const mostLines = 400;

const source = /\.(ts|mts|cts|js|mjs|cjs|go|sh|css|html|yaml)$/;

/** Source files of a checkout with more than `mostLines` lines, the longest first. */
export function findLongFiles(checkout: string): { readonly file: string; readonly lines: number }[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((file) => source.test(file))
    .map((file) => ({ file, lines: countLines(join(checkout, file)) }))
    .filter(({ lines }) => lines > mostLines)
    .sort((a, b) => b.lines - a.lines);
}

function countLines(path: string): number {
  return readFileSync(path, 'utf8').split('\n').length - 1;
}
