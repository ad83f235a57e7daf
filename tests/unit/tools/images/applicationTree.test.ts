import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApplicationTree } from '../../../../tools/images/applicationTree.ts';
import { listLayerEntries } from '../../../../tools/images/layerEntries.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-tree-'));
  write('shop/package.json', { dependencies: { web: '1', '@own/lib': '1' }, devDependencies: { tester: '1' } });
  write('build/shop/main.js');
  write('lib/package.json', { dependencies: { deep: '2' } });
  write('build/page/assets/main.js');
  write('lib/src/index.ts');
  write('build/lib/index.js');
  write('node_modules/web/package.json', { dependencies: { deep: '1' }, peerDependencies: { absent: '1' } });
  write('node_modules/web/index.js');
  write('node_modules/web/index.d.ts');
  write('node_modules/deep/package.json', {});
  write('node_modules/tester/package.json', {});
  write('lib/node_modules/deep/package.json', {});
  mkdirSync(join(root, 'node_modules/@own'));
  symlinkSync('../../lib', join(root, 'node_modules/@own/lib'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: object = {}): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(content));
}

function paths(): readonly string[] {
  const builds = {
    shop: { dist: join(root, 'build/shop') },
    lib: { dist: join(root, 'build/lib'), 'page/dist': join(root, 'build/page') },
  };
  const tree = createApplicationTree({ root, main: 'shop', builds });
  const entries = listLayerEntries(tree.sources('opt'));
  return entries.filter(({ kind }) => kind !== 'directory').map(({ path }) => path);
}

it('keeps every package where Node finds it in the workspace, and nothing else', () => {
  expect(paths()).toEqual([
    'opt/lib/dist/index.js',
    'opt/lib/node_modules/deep/package.json',
    'opt/lib/package.json',
    'opt/lib/page/dist/assets/main.js',
    'opt/node_modules/@own/lib',
    'opt/node_modules/deep/package.json',
    'opt/node_modules/web/index.js',
    'opt/node_modules/web/package.json',
    'opt/shop/dist/main.js',
    'opt/shop/package.json',
  ]);
});

it('names a dependency that is not installed', () => {
  rmSync(join(root, 'node_modules/web'), { recursive: true });
  expect(paths).toThrow(/web, which shop needs, is not installed/);
});

it('leaves out types, maps and texts for people, and nothing that could be code', () => {
  const code = [
    'doc/index.js',
    'docs/a.js',
    'test/b.cjs',
    'man/c.mjs',
    'src/d.ts',
    'data.json',
    'native.node',
    'LICENSE',
  ];
  const forPeople = ['index.d.ts', 'index.d.mts', 'index.js.map', 'README.md'];
  for (const path of [...code, ...forPeople]) write(join('node_modules/deep', path));
  const kept = paths().flatMap((path) => (path.startsWith('opt/node_modules/deep/') ? [path.slice(22)] : []));
  expect(kept).toEqual([...code, 'package.json'].sort());
});
