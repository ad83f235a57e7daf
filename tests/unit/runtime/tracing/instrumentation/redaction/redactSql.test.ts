import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_SQL_LENGTH,
  redactSql,
} from '../../../../../../runtime/src/tracing/instrumentation/redaction/redactSql.ts';

/** A piece of SQL, and what has to be left of it. */
interface Piece {
  readonly text: string;
  readonly kept: string;
}

const TRICKY = ['canary', '"', '$$', '$1', '--', '/*', '*/', ';', '\n', '%', ' ', 'ü', 'x'] as const;

function inside(more: readonly string[], without: readonly string[] = []): fc.Arbitrary<string> {
  const pieces = [...TRICKY, ...more].filter((piece) => !without.includes(piece));
  return fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((chosen) => `${chosen.join('')}canary`);
}

function literal(text: fc.Arbitrary<string>): fc.Arbitrary<Piece> {
  return text.map((written) => ({ text: written, kept: '?' }));
}

const strings = [
  literal(inside(["''"]).map((text) => `'${text}'`)),
  literal(
    fc.tuple(fc.constantFrom('e', 'E'), inside(["''", "\\'", '\\\\', '\\n'])).map(([e, text]) => `${e}'${text}'`),
  ),
  literal(
    fc
      .tuple(fc.constantFrom('', 'tag', '_t1', 'ü'), inside(["'"], ['$$', '$1']))
      .map(([tag, text]) => `$${tag}$${text}$${tag}$`),
  ),
  literal(
    fc.tuple(fc.constantFrom('B', 'b', 'X', 'x', 'N', 'n', 'U&', 'u&'), inside([])).map(([p, t]) => `${p}'${t}'`),
  ),
];
const numbers = [
  literal(
    fc.constantFrom('4711', '4711.5', '.4711', '4711.', '4711e10', '4711E-3', '0x4711', '0b4711', '4_711', '47e+11'),
  ),
];
const comments = [
  inside(['/* x */', "'"], ['\n', '*/', '/*']).map((text) => ({ text: `/*${text}*/`, kept: '' })),
  inside(["'"], ['\n']).map((text) => ({ text: `--${text}\n`, kept: '' })),
];
const names = fc
  .constantFrom(
    'SELECT',
    'order_items',
    't1.c2',
    '"Quoted ""Name"""',
    'U&"x"',
    '$1',
    'a$b',
    '::int',
    '->>',
    '(',
    ')',
    ',',
    '=',
    '-',
  )
  .map((text) => ({ text, kept: text }));
const pieces = fc.array(fc.oneof(...strings, ...numbers, ...comments, names), { minLength: 1, maxLength: 12 });

describe('redactSql', () => {
  it('leaves a question mark of every literal, nothing of comments, and the rest as it is', () => {
    fc.assert(
      fc.property(pieces, (statement) => {
        const sql = statement.map(({ text }) => text).join(' ');
        const kept = statement.flatMap((piece) => (piece.kept === '' ? [] : [piece.kept]));
        expect(redactSql(sql)).toBe(kept.join(' '));
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing any more in what it has redacted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const once = redactSql(text);
        expect(redactSql(once).replaceAll(' ', '')).toBe(once.replaceAll(' ', ''));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["SELECT 'a' FROM t WHERE x=-1.5 AND d = '2020-01-01'::date", 'SELECT ? FROM t WHERE x=-? AND d = ?::date'],
    ["SELECT\n\t'a',\r\n  b", 'SELECT ?, b'],
    ['SELECT count(*)FROM t1 WHERE a IN(1,2,$3)', 'SELECT count(*)FROM t1 WHERE a IN(?,?,$3)'],
    ["SELECT arr[1], j->'canary', j #>> '{a,b}' , x ? 'k'", 'SELECT arr[?], j->?, j #>> ? , x ? ?'],
    ["COPY t FROM '/x' WITH (FORMAT csv, DELIMITER E'\\t')", 'COPY t FROM ? WITH (FORMAT csv, DELIMITER ?)'],
    ['SELECT 1canary', 'SELECT ?'],
    ['', ''],
    ['   ', ''],
  ])('redacts %j', (sql, redacted) => {
    expect(redactSql(sql)).toBe(redacted);
  });

  it.each([
    ['a string that is never closed', "SELECT 'canary AND x = 1"],
    ['an escape string that is never closed', "SELECT E'canary\\' AND x = 1"],
    ['a dollar string that is never closed', 'SELECT $a$canary$b$ AND x = 1'],
    ['a comment that is never closed', 'SELECT /* canary /* */ AND x = 1'],
    ['a statement that was cut within the tag of a dollar string', 'SELECT $canary'],
    ['a backslash before a quote, which some servers take for an escape', "INSERT INTO t VALUES ('a\\', canary')"],
    ['an identifier longer than any', `SELECT "${'canary'.repeat(11)}"`],
  ])('takes for a literal what may be one: %s', (_what, sql) => {
    expect(redactSql(sql)).not.toContain('canary');
  });

  it('takes what is between double quotes for a literal where the database is not known', () => {
    expect(redactSql('SELECT `col` FROM t WHERE a = "canary" # canary', 'unknown')).toBe(
      'SELECT `col` FROM t WHERE a = ?',
    );
    expect(redactSql('{"find":"canary","n":1}', 'unknown')).toBe('{?:?,?:?}');
  });

  it('looks at so many characters of a statement and no more', () => {
    const redacted = redactSql(`SELECT ${'a,'.repeat(1_000_000)}`);
    expect(redacted).toHaveLength(MAX_SQL_LENGTH + 2);
    expect(redacted.endsWith(' …')).toBe(true);
    expect(redactSql(`SELECT '${'canary'.repeat(1_000_000)}'`)).toBe('SELECT ? …');
  });

  it.each(['/*', '*/', "'", '"', '$', '$a', '$a$', '--', "E'", "\\'", '1e+', '.', 'U&', '/*$a$', ' -'])(
    'takes no longer over many a %j than over words',
    (piece) => {
      // Looking at every character once, this is over in a second; looking back each time, in minutes.
      const hostile = piece.repeat(MAX_SQL_LENGTH / piece.length);
      for (let time = 0; time < 100; time += 1) redactSql(hostile);
    },
  );
});
