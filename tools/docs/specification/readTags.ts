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

const tag = /^\/\/ @spec\b(.*)$/;

/**
 * Reads the rows that a file of tests proves: `// @spec S1.1 S1.4`, a line of its own, once or more.
 * @throws UnknownSpecRowError with file and line.
 */
export function tagsOf(path: string, text: string, rows: readonly SpecRow[]): readonly string[] {
  const allowed = rows.map(({ id }) => id);
  return text.split('\n').flatMap((line, index) => {
    const named = tag.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
    const unknown = named.find((row) => !allowed.includes(row));
    if (unknown !== undefined) throw new UnknownSpecRowError(`${path}:${index + 1}`, unknown, allowed);
    return named;
  });
}

/** Every file of tests that proves something, by path. @throws UnknownSpecRowError */
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
