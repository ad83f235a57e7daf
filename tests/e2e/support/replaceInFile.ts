import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';

/** Replaces a text that stands in a file once. */
export async function replaceInFile(file: string, from: string, to: string): Promise<void> {
  const source = await readFile(file, 'utf8');
  expect(source.split(from)).toHaveLength(2);
  await writeFile(file, source.replace(from, to));
}
