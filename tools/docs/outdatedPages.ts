import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedPage } from './generatedPage.ts';

/** Pages whose file is missing or says something else. */
export function outdatedPages(checkout: string, pages: readonly GeneratedPage[]): readonly GeneratedPage[] {
  return pages.filter(({ path, text }) => {
    const file = join(checkout, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
}
