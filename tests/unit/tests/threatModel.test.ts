import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expectedPorts } from '../../support/expectedPorts.ts';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const page = readFileSync(join(docs, 'threat-model.md'), 'utf8');

/** The rows of the table in a section, cell by cell, without its head. */
function tableIn(section: string): readonly (readonly string[])[] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  const rows = own.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => join(docs, link));
}

describe('the threat model', () => {
  test('has every port that the test of ports expects, and no other', () => {
    expect(tableIn('Every port')).toEqual(
      expectedPorts.map(({ where, program, protocol, port, access, why }) => [
        where,
        `\`${program}\``,
        `${protocol} ${port === '*' ? 'any free' : port}`,
        access,
        why,
      ]),
    );
  });

  test('names tests of parsers that fuzz', () => {
    const files = tableIn('Every parser').flatMap(([, test = '']) => linksIn(test));
    const fuzzing = /from 'fast-check'|support\/fuzzParser\.ts'/;
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !fuzzing.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  test('names a proof that is there for each threat', () => {
    const rows = tableIn('Part by part');
    expect(rows.filter(([, , , proof = '']) => linksIn(proof).length === 0)).toEqual([]);
    expect(linksIn(page).filter((file) => !existsSync(file))).toEqual([]);
  });
});
