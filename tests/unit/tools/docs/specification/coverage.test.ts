import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { coveragePage } from '../../../../../tools/docs/specification/coveragePage.ts';
import { readTags, tagsOf, type TaggedFile } from '../../../../../tools/docs/specification/readTags.ts';
import { specRows } from '../../../../../tools/docs/specification/specRows.ts';

const checkout = fileURLToPath(new URL('../../../../..', import.meta.url));
const rows = [
  { id: 'S1.1', what: 'it runs' },
  { id: 'S1.2', what: 'it answers' },
];
const real: TaggedFile = { path: 'tests/e2e/runs.test.ts', kind: 'e2e', rows: ['S1.1', 'S1.2'] };
const logic: TaggedFile = { path: 'tests/unit/answers.test.ts', kind: 'unit', rows: ['S1.2'] };

describe('tags of a file', () => {
  it('are read from lines of their own, wherever they stand', () => {
    const text = "// @spec S1.1\nimport 'x';\n// @spec S1.2\nconst s = '// @spec S1.1';\n// @special S1.1";
    expect(tagsOf('a.test.ts', text, rows)).toEqual(['S1.1', 'S1.2']);
  });

  it('name a row that there is', () => {
    expect(() => tagsOf('tests/unit/a.test.ts', '\n// @spec S1.1 S9.9', rows)).toThrow(
      'tests/unit/a.test.ts:2: "@spec S9.9" names no row of the specification; allowed: S1.1, S1.2',
    );
  });

  it.each([
    ['  // @spec S1.1', 'is no tag'],
    ['//@spec S1.1', 'is no tag'],
    ['// @Spec: S1.1', 'is no tag'],
    [' * @spec S1.1', 'is no tag'],
    ['// @specs S1.1', 'is no tag'],
    ['// @spec S1.2 S1.1', 'names S1.2 again'],
  ])('are told where they would not count: %s', (line, reason) => {
    expect(() => tagsOf('a.test.ts', `// @spec S1.2\n${line}`, rows)).toThrow(
      `a.test.ts:2: "${line.trim()}" ${reason}`,
    );
  });

  it('name at least one', () => {
    expect(() => tagsOf('a.test.ts', '// @spec', rows)).toThrow('"@spec " names no row');
  });
});

describe('the page', () => {
  it('lists the files of each row by kind', () => {
    const page = coveragePage(rows, [logic, real]);
    expect(page).toContain('| S1.1 | it runs |  |  | [runs](../tests/e2e/runs.test.ts) |');
    expect(page).toContain(
      '| S1.2 | it answers | [answers](../tests/unit/answers.test.ts) |  | [runs](../tests/e2e/runs.test.ts) |',
    );
  });

  it('is refused while a row has no test', () => {
    expect(() => coveragePage(rows, [{ ...real, rows: ['S1.1'] }])).toThrow(
      'rows of the specification are not proven: S1.2 has no test. Write "// @spec S1.2"',
    );
  });

  it('is refused while a row has none on real parts', () => {
    expect(() => coveragePage(rows, [{ ...real, rows: ['S1.1'] }, logic])).toThrow(
      'S1.2 has no test on real parts (tests/integration, tests/e2e)',
    );
  });
});

it('is proven here, row by row, by tags of this repository', () => {
  const tagged = readTags(checkout, specRows);
  expect(() => coveragePage(specRows, tagged)).not.toThrow();
  expect(new Set(specRows.map(({ id }) => id)).size).toBe(specRows.length);
});
