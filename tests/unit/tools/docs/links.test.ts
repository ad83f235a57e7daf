import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');
const pages = execFileSync('git', ['ls-files', '--', '*.md'], { cwd: checkout, encoding: 'utf8' }).trim().split('\n');

/** Links into the repository that lead nowhere: no such file, or no such heading on the page. */
function brokenLinks(page: string): readonly string[] {
  const text = readFileSync(join(checkout, page), 'utf8').replaceAll(/^```.*?^```$/gms, '');
  const targets = [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)].map((match) => match.groups?.['target'] ?? '');
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target));
}

function leadsSomewhere(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? join(checkout, page) : join(checkout, dirname(page), file);
  if (relative(checkout, path).startsWith('..') || !existsSync(path)) return false;
  return anchor === undefined || anchorsOf(readFileSync(path, 'utf8')).includes(anchor);
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (?<title>.+)$/gm)].map((match) =>
    (match.groups?.['title'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links in the documentation', () => {
  it.each(pages)('of %s lead to files and headings of the repository', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});
