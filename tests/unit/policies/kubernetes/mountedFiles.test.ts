import { describe, expect, it } from 'vitest';
import { keySourceOf, mountedFile } from '../../../../policies/kubernetes/mountedFiles.ts';

const podSpec = {
  volumes: [
    { name: 'map', configMap: { name: 'files' } },
    { name: 'items', secret: { secretName: 'login', items: [{ key: 'value', path: 'es/password' }] } },
    {
      name: 'both',
      projected: {
        sources: [
          { secret: { name: 'one', items: [{ key: 'k', path: 'here' }] } },
          { configMap: { name: 'two', items: [{ key: 'm', path: 'there' }] } },
        ],
      },
    },
    { name: 'empty', emptyDir: {} },
  ],
};
const container = {
  volumeMounts: [
    { name: 'map', mountPath: '/etc/app' },
    { name: 'items', mountPath: '/etc/app/login/' },
    { name: 'map', mountPath: '/etc/one.json', subPath: 'strategies.json' },
    { name: 'both', mountPath: '/etc/both' },
    { name: 'empty', mountPath: '/tmp' },
    { name: 'missing', mountPath: '/missing' },
  ],
};
const at = (path: string) => mountedFile(podSpec, container, path);

describe('mountedFile', () => {
  it.each([
    ['/etc/app/a.json', 'volumeMounts[0]', 'a.json', false],
    ['/etc/app//dir/./a.json', 'volumeMounts[0]', 'dir/a.json', false],
    ['/etc/app/login/es/password', 'volumeMounts[1]', 'es/password', false],
    ['/etc/one.json', 'volumeMounts[2]', 'strategies.json', true],
    ['/missing/a', 'volumeMounts[5]', 'a', false],
  ])('finds %s in %s', (path, mountPath, file, hasSubPath) => {
    expect(at(path)).toMatchObject({ mountPath, file, hasSubPath });
  });

  it.each(['/etc/application/a', '/etc', '/'])('finds nothing mounted at %s', (path) => {
    expect(at(path)).toBeUndefined();
  });
});

describe('keySourceOf', () => {
  it.each([
    ['/etc/app/a.json', { kind: 'ConfigMap', name: 'files', key: 'a.json' }],
    ['/etc/app/login/es/password', { kind: 'Secret', name: 'login', key: 'value' }],
    ['/etc/app/login/value', undefined],
    ['/etc/one.json', { kind: 'ConfigMap', name: 'files', key: 'strategies.json' }],
    ['/etc/both/here', { kind: 'Secret', name: 'one', key: 'k' }],
    ['/etc/both/there', { kind: 'ConfigMap', name: 'two', key: 'm' }],
    ['/etc/both/nowhere', undefined],
    ['/tmp/a', undefined],
    ['/missing/a', undefined],
  ])('finds the key of %s', (path, source) => {
    const file = at(path);
    expect(file && keySourceOf(file)).toEqual(source);
  });
});
