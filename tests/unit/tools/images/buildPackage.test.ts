import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPackage } from '../../../../tools/images/buildPackage.ts';

/** A compiler that copies the sources, or says what it dislikes. */
const compiler = `
const { cpSync, existsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const [, project, , output] = process.argv.slice(2);
if (existsSync(join(dirname(project), 'src/broken.ts'))) {
  console.log('src/broken.ts(1,1): error');
  process.exit(2);
}
cpSync(join(dirname(project), 'src'), output, { recursive: true });
`;

let repository = '';
let cache = '';
beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-build-'));
  [repository, cache] = [join(directory, 'repository'), join(directory, 'cache')];
  write('node_modules/typescript/package.json', '{}');
  write('node_modules/typescript/bin/tsc', compiler);
  write('lib/tsconfig.build.json', '{}');
  write('lib/src/index.ts', 'first');
});
afterEach(() => {
  rmSync(dirname(repository), { recursive: true });
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), content);
}

describe('buildPackage', () => {
  it('compiles into the cache and finds the result of the same sources again', async () => {
    const built = await buildPackage(repository, 'lib', cache);
    expect(readFileSync(join(built, 'index.ts'), 'utf8')).toBe('first');
    expect(built.startsWith(cache)).toBe(true);
    write('node_modules/typescript/bin/tsc', 'process.exit(1)');
    await expect(buildPackage(repository, 'lib', cache)).resolves.toBe(built);
  });

  it('compiles again when a source changes, or one of a package that the compiler reads', async () => {
    write('other/src/index.ts', 'first');
    const first = await buildPackage(repository, 'lib', cache, ['other']);
    write('other/src/index.ts', 'second');
    const second = await buildPackage(repository, 'lib', cache, ['other']);
    write('lib/src/index.ts', 'second');
    const third = await buildPackage(repository, 'lib', cache, ['other']);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('says what the compiler said, and leaves nothing behind', async () => {
    write('lib/src/broken.ts', '');
    await expect(buildPackage(repository, 'lib', cache)).rejects.toMatchObject({
      name: 'PackageBuildError',
      place: 'lib',
      message: 'lib does not compile: mend its sources, then run the command again\nsrc/broken.ts(1,1): error',
    });
    expect(readdirSync(join(cache, 'images', 'builds'))).toEqual([]);
  });
});
