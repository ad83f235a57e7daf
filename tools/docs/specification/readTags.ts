import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpecRow } from './specRows.ts';

/** The kinds of tests, as their folders are called. */
export const testKinds = ['unit', 'integration', 'e2e'] as const;

/** One of {@link testKinds}. */
export type TestKind = (typeof testKinds)[number];

/** A file of tests, and the rows that it proves. */
export interface TaggedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly kind: TestKind;
  readonly rows: readonly string[];
}

/** A tag names a row that there is not. */
export class UnknownSpecRowError extends Error {
  override readonly name = 'UnknownSpecRowError';

  constructor(place: string, row: string, allowed: readonly string[]) {
    super(`${place}: "@spec ${row}" names no row of the specification; allowed: ${allowed.join(', ')}`);
  }
}

/** A comment looks like a tag and is none, or names a row twice: the author believes that it counts. */
export class MalformedTagError extends Error {
  override readonly name = 'MalformedTagError';

  constructor(place: string, line: string, reason: string) {
    super(
      `${place}: "${line.trim()}" ${reason}; write "// @spec S1.1 S1.4" at the start of a line, each row once in a file`,
    );
  }
}

const tag = /^\/\/ @spec\b(.*)$/;
const almostTag = /^\s*(?:\/\/|\/?\*+)\s*@specs?\b/i;

/**
 * Reads the rows that a file of tests proves: `// @spec S1.1 S1.4`, a line of its own, once or more.
 * @throws UnknownSpecRowError with file and line.
 * @throws MalformedTagError with file and line.
 */
export function tagsOf(path: string, text: string, rows: readonly SpecRow[]): readonly string[] {
  const allowed = rows.map(({ id }) => id);
  const proven = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const place = `${path}:${index + 1}`;
    const named = tag.exec(line)?.[1]?.trim().split(/\s+/);
    if (named === undefined && almostTag.test(line)) throw new MalformedTagError(place, line, 'is no tag');
    for (const row of named ?? []) {
      if (!allowed.includes(row)) throw new UnknownSpecRowError(place, row, allowed);
      if (proven.has(row)) throw new MalformedTagError(place, line, `names ${row} again`);
      proven.add(row);
    }
  }
  return [...proven];
}

/** Every file of tests that proves something, by path. @throws UnknownSpecRowError @throws MalformedTagError */
export function readTags(checkout: string, rows: readonly SpecRow[]): readonly TaggedFile[] {
  return testKinds.flatMap((kind) => {
    const directory = join('tests', kind);
    const names = readdirSync(join(checkout, directory), { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.test.ts'))
      .sort()
      .flatMap((name): TaggedFile[] => {
        const path = join(directory, name);
        const proven = tagsOf(path, readFileSync(join(checkout, path), 'utf8'), rows);
        return proven.length === 0 ? [] : [{ path, kind, rows: proven }];
      });
  });
}
