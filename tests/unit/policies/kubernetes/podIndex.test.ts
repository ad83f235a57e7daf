import { describe, expect, it } from 'vitest';
import { labelSelectorOf } from '../../../../policies/kubernetes/labelSelector.ts';
import { PodIndex } from '../../../../policies/kubernetes/podIndex.ts';
import { UnknownFieldError } from '../../../../policies/kubernetes/unknown.ts';
import { manifestObjects } from '../../../support/manifestObjects.ts';

const pod = (name: string, namespace: string, labels: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } } }\n---\n`;

function indexOf(...pods: readonly string[]): PodIndex {
  const index = new PodIndex();
  for (const object of manifestObjects(pods.join(''))) index.add(object);
  return index;
}

const index = indexOf(
  pod('web', 'shop', 'app: shop, tier: web'),
  pod('db', 'shop', 'app: shop, tier: db'),
  pod('blog', 'shop', 'app: blog'),
  pod('bare', 'shop', ''),
  pod('web', 'other', 'app: shop, tier: web'),
);

describe('PodIndex', () => {
  it.each([
    [{}, ['web', 'db', 'blog', 'bare']],
    [{ matchLabels: { app: 'shop' } }, ['web', 'db']],
    [{ matchLabels: { app: 'shop', tier: 'web' } }, ['web']],
    [{ matchLabels: { app: 'shop', tier: 'cache' } }, []],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['db', 'web', 'db'] }] }, ['db', 'web']],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['shop'] }] }, ['blog', 'bare']],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ['web', 'db']],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, ['blog', 'bare']],
    [undefined, []],
  ])('finds for %j the pods %j, each once', (selector, names) => {
    const asked = labelSelectorOf(selector);
    expect([...index.matching('shop', asked)].map(({ object }) => object.name)).toEqual(names);
    expect(index.first('shop', asked)?.object.name).toBe(names[0]);
  });

  it('keeps namespaces apart', () => {
    expect(index.in('other').map(({ object }) => object.identity)).toEqual(['Pod/other/web']);
    expect(index.in('nowhere')).toEqual([]);
    expect(index.all).toHaveLength(5);
  });

  it('leaves out what makes no pods', () => {
    expect(
      indexOf(
        '{ apiVersion: v1, kind: Service, metadata: { name: a } }\n---\n',
        '{ apiVersion: v1, kind: PodTemplate, metadata: { name: b }, template: { metadata: { labels: { app: b } } } }',
      ).all,
    ).toEqual([]);
  });

  it('does not hide labels that a preview cannot know', () => {
    expect(() => indexOf(pod('web', 'shop', 'app: 04da6b54-80e4-46f7-96ec-b56ff0331ba9'))).toThrow(UnknownFieldError);
  });
});
