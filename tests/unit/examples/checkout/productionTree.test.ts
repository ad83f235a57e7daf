import { describe, expect, it } from 'vitest';
import {
  type LockedPackages,
  productionTree,
  UnresolvedDependencyError,
} from '../../../../examples/checkout/productionTree.ts';

const packages: LockedPackages = {
  app: { dependencies: { lib: '1', workspace: '1' } },
  'node_modules/workspace': { link: true, resolved: 'workspace' },
  workspace: { dependencies: { lib: '2', '@scope/deep': '1' }, peerDependencies: { peer: '1' } },
  'workspace/node_modules/lib': {},
  'node_modules/lib': { optionalDependencies: { absent: '1' } },
  'node_modules/@scope/deep': {
    dependencies: { inner: '1', app: '1' },
    peerDependencies: { native: '1' },
    peerDependenciesMeta: { native: { optional: true } },
  },
  'node_modules/@scope/deep/node_modules/inner': {},
  'node_modules/app': { link: true, resolved: 'app' },
  'node_modules/peer': {},
  'node_modules/unused': {},
};

describe('productionTree', () => {
  it('finds what a workspace needs, nearest first, through links and circles, and nothing else', () => {
    expect(productionTree(packages, 'app')).toEqual([
      'app',
      'node_modules/lib',
      'workspace',
      'workspace/node_modules/lib',
      'node_modules/@scope/deep',
      'node_modules/@scope/deep/node_modules/inner',
      'node_modules/peer',
    ]);
  });

  it('names a dependency that the lock file lacks', () => {
    expect(() => productionTree({ app: { dependencies: { gone: '1' } } }, 'app')).toThrow(UnresolvedDependencyError);
    expect(() => productionTree({ app: { dependencies: { gone: '1' } } }, 'app')).toThrow(
      'package-lock.json has no gone, which app depends on',
    );
  });
});
