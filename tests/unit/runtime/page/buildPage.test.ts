import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildPage } from '../../../../runtime/page/buildPage.ts';
import { bundledPackages } from '../../../../runtime/page/bundledPackages.ts';
import { readPageFiles } from '../../../../runtime/src/dashboard/server/adapters/readPageFiles.ts';

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

test('the page comes with the licence of each package that is bundled into it, which browsers are not sent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tracewright-page-'));
  try {
    await buildPage(folder);
    const notices = await readFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of bundledPackages) {
      const licence = await readFile(join(modules, name, 'LICENSE'), 'utf8');
      expect(notices).toContain(`${name}\n\n${licence.trim()}\n`);
    }
    const served = [...(await readPageFiles(folder)).keys()];
    expect(served.map((path) => path.replace(/-\w+\./, '-HASH.')).sort()).toEqual([
      'assets/main-HASH.css',
      'assets/main-HASH.js',
      'index.html',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
