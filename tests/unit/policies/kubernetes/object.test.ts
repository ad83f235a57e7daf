import { describe, expect, it } from 'vitest';
import { objectsOf, type KubernetesObject } from '../../../../policies/kubernetes/object.ts';
import { unknownText } from '../../../support/engineUnknowns.ts';

const source = { file: 'shop.yaml', line: 3 };

function objects(body: unknown): readonly KubernetesObject[] {
  return objectsOf(body, source, 'fallback');
}

function only(body: unknown): KubernetesObject {
  const [object, ...others] = objects(body);
  if (object === undefined || others.length > 0) throw new Error('not one object');
  return object;
}

describe('the objects of a manifest', () => {
  it('are itself', () => {
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };
    expect(only(body)).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: 'shop',
      source,
    });
    expect(only(body).body).toBe(body);
  });

  it.each([
    undefined,
    null,
    'Pod',
    7,
    [],
    {},
    { kind: 7 },
    { kind: null },
    { kind: '' },
    { apiVersion: 'v1' },
    [{ kind: 'Pod' }],
  ])('are none in %j', (body) => expect(objects(body)).toEqual([]));

  it('are the entries of a list, each of its own kind', () => {
    const items = [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      'nothing',
      { metadata: { name: 'no kind' } },
    ];
    expect(objects({ apiVersion: 'v1', kind: 'List', items }).map(({ identity }) => identity)).toEqual([
      'Pod/a',
      'Deployment/fallback[1]',
    ]);
  });

  it('are the entries of a list of one kind, which do not repeat it', () => {
    const items = [
      { metadata: { name: 'a' } },
      { apiVersion: 'apps/v1beta2', metadata: { name: 'c' } },
      { metadata: { name: 'b' }, apiVersion: 'apps/v1beta1', kind: 'Other' },
    ];
    const found = objects({ apiVersion: 'apps/v1', kind: 'DeploymentList', items });
    expect(found.map(({ apiVersion, identity }) => [apiVersion, identity])).toEqual([
      ['apps/v1', 'Deployment/a'],
      ['apps/v1beta2', 'Deployment/c'],
      ['apps/v1beta1', 'Other/b'],
    ]);
    expect(found[0]?.body).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment' });
  });

  it('are the entries of lists in a list', () => {
    const inner = { kind: 'List', items: [{ kind: 'Pod', metadata: { name: 'a' } }, { kind: 'Pod' }] };
    expect(objects({ kind: 'List', items: [inner, { kind: 'List', items: [] }] }).map(({ name }) => name)).toEqual([
      'a',
      'fallback[0][1]',
    ]);
  });

  it('are itself where a kind is called a list and has none', () => {
    expect(only({ kind: 'AllowList', spec: {} }).kind).toBe('AllowList');
    expect(only({ kind: 'PodList', items: {} }).kind).toBe('PodList');
  });

  it('cannot be told where a preview does not know the entries', () => {
    expect(() => objects({ kind: 'PodList', items: unknownText })).toThrow('items is known only after the deployment');
    expect(() => objects({ kind: 'PodList', items: [{}, unknownText] })).toThrow(
      '[1] is known only after the deployment',
    );
  });
});

describe('an object', () => {
  it.each([
    [{ name: 'web', namespace: 'shop' }, 'Pod/shop/web'],
    [{ name: 'web' }, 'Pod/web'],
    [{ namespace: 'shop' }, 'Pod/shop/fallback'],
    [{}, 'Pod/fallback'],
    [undefined, 'Pod/fallback'],
    ['web', 'Pod/fallback'],
    [{ name: 7, namespace: null }, 'Pod/fallback'],
    [{ name: unknownText, namespace: 'shop' }, 'Pod/shop/fallback'],
    [{ name: 'web', namespace: unknownText }, 'Pod/web'],
    [unknownText, 'Pod/fallback'],
  ])('with the metadata %j is called %s', (metadata, identity) => {
    expect(only({ apiVersion: 'v1', kind: 'Pod', metadata }).identity).toBe(identity);
  });

  it.each([
    ['v1', 'Pod', '', true],
    ['v1', 'Pod', 'apps', false],
    ['apps/v1', 'Pod', '', false],
    ['apps/v1', 'Pod', 'apps', true],
    ['apps/v1beta2', 'Pod', 'apps', true],
    ['apps', 'Pod', 'apps', false],
    ['example.com/v1', 'Pod', 'example', false],
    ['v1', 'Service', '', false],
  ])('of version %s is a %s of the group "%s": %s', (apiVersion, kind, group, expected) => {
    expect(only({ apiVersion, kind: 'Pod' }).is(kind, group)).toBe(expected);
  });

  it('has the labels and annotations that are texts', () => {
    const object = only({
      kind: 'Pod',
      metadata: { labels: { app: 'shop', tier: 7 }, annotations: { note: 'x', other: null } },
    });
    expect([object.labels, object.annotations]).toEqual([{ app: 'shop' }, { note: 'x' }]);
    expect([only({ kind: 'Pod' }).labels, only({ kind: 'Pod' }).annotations]).toEqual([{}, {}]);
  });

  it('has no labels that a preview cannot know', () => {
    const object = only({ kind: 'Pod', metadata: { labels: { app: unknownText } } });
    expect(() => object.labels).toThrow('app is known only after the deployment');
  });

  it('that makes pods says which, always the same', () => {
    const object = only({ kind: 'Pod', spec: { containers: [{ name: 'a' }] } });
    expect(object.workload?.containers.map(({ name }) => name)).toEqual(['a']);
    expect(object.workload).toBe(object.workload);
    expect(only({ kind: 'Service', spec: { containers: [{}] } }).workload).toBeUndefined();
  });
});
