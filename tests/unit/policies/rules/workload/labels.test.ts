import { describe, expect, it } from 'vitest';
import { defaultNamespace } from '../../../../../policies/rules/workload/defaultNamespace.ts';
import { labelSyntax } from '../../../../../policies/rules/workload/labelSyntax.ts';
import { recommendedLabels } from '../../../../../policies/rules/workload/recommendedLabels.ts';
import { selectorMatchesTemplate } from '../../../../../policies/rules/workload/selectorMatchesTemplate.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, podKinds, podsOfKind, saidOf } from '../../support/declared.ts';

const name = { 'app.kubernetes.io/name': 'shop' };

describe('recommended-labels', () => {
  it.each(podKinds.filter(([kind]) => kind !== 'Pod'))(
    'asks them of a %s and of its pods',
    (kind, _version, template) => {
      const must = 'has no app.kubernetes.io/name: each of app.kubernetes.io/name must be there, and not be empty';
      const said = (own: object, ofPods: object) =>
        saidOf(recommendedLabels, podsOfKind(kind, { metadata: { labels: ofPods }, spec: {} }, { labels: own }));
      expect(said(name, name)).toEqual([]);
      expect(said({}, {})).toEqual([`metadata.labels ${must}`, `${template}metadata.labels ${must}`]);
    },
  );

  it('asks them once of a Pod, and of no other object', () => {
    expect(saidOf(recommendedLabels, podsOfKind('Pod', {}))).toHaveLength(1);
    expect(saidOf(recommendedLabels, declared('v1', 'Service', {}))).toEqual([]);
  });

  it('names all that are missing or empty, and shows them as they could be written', () => {
    const pod = podsOfKind('Pod', { metadata: { labels: { tier: '' } } });
    expect(problemsOf(recommendedLabels, [pod], { labels: ['app.kubernetes.io/name', 'tier'] })).toEqual([
      'Pod/shop: metadata.labels has no app.kubernetes.io/name, tier: each of app.kubernetes.io/name, tier must be there, and not be empty. Fix: labels: { "app.kubernetes.io/name": "shop", "tier": "…" }',
    ]);
  });

  it('takes no name of an object of JavaScript for a label', () => {
    expect(saidOf(recommendedLabels, podsOfKind('Pod', {}), { labels: ['constructor'] })).toHaveLength(1);
  });
});

describe('label-syntax', () => {
  const said = (labels: unknown, annotations: unknown = {}) =>
    saidOf(labelSyntax, declared('v1', 'Service', {}, { labels, annotations }));
  const long = 'a'.repeat(63);

  it.each(['shop', '', 'a', '1.0', 'v1-2_3.X', long, null])('takes the value %j', (value) => {
    expect(said({ tier: value })).toEqual([]);
  });

  it.each([1, 1.5, true, [], {}, 'two words', '-a', 'a.', 'ä', 'a/b', `${long}a`])('refuses the value %j', (value) => {
    expect(said({ tier: value })).toEqual([
      expect.stringMatching(/^metadata\.labels\["tier"\] is .*: it must be a text of up to 63 letters/),
    ]);
  });

  it.each(['tier', 'app.kubernetes.io/name', 'A_b', `example.com/${long}`])('takes the name %s', (label) => {
    expect(said({ [label]: 'a' }, { [label]: 'a' })).toEqual([]);
  });

  it.each(['', '/a', 'a/', 'a/b/c', 'a b', `${long}a`, `${'a.'.repeat(127)}a/b`])('refuses the name %j', (label) => {
    const refused = expect.stringMatching(/^metadata\.(labels|annotations) has the name /) as unknown;
    expect(said({ [label]: 'a' }, { [label]: 'a' })).toEqual([refused, refused]);
  });

  it('takes capitals in the domain of an annotation only', () => {
    expect(said({ 'Example.com/a': 'a' }, { 'Example.com/a': 'a' })).toEqual([
      expect.stringMatching(/^metadata\.labels has the name "Example\.com\/a": /),
    ]);
  });

  it('looks at the metadata of the Jobs of a CronJob and of the claims of a StatefulSet', () => {
    const metadata = { labels: { version: 1 } };
    const kinds: readonly (readonly [string, string, unknown])[] = [
      ['batch/v1', 'CronJob', { jobTemplate: { metadata } }],
      ['apps/v1', 'StatefulSet', { volumeClaimTemplates: [{}, { metadata }] }],
      ['apps/v1', 'Deployment', { jobTemplate: { metadata }, volumeClaimTemplates: [{ metadata }] }],
    ];
    const paths = kinds.map(([version, kind, spec]) =>
      saidOf(labelSyntax, declared(version, kind, { spec })).map((sentence) => sentence.split(' ')[0]),
    );
    expect(paths).toEqual([
      ['spec.jobTemplate.metadata.labels["version"]'],
      ['spec.volumeClaimTemplates[1].metadata.labels["version"]'],
      [],
    ]);
  });

  it('takes any text in an annotation, and nothing else', () => {
    expect(said({}, { text: '{ "a": [1] }', empty: '', nothing: null })).toEqual([]);
    expect(said({}, { count: 1, list: ['a'] })).toEqual([
      'metadata.annotations["count"] is 1: it must be a text',
      'metadata.annotations["list"] is ["a"]: it must be a text',
    ]);
  });

  it('looks at the metadata of pods, and at those of a Pod once', () => {
    const metadata = { labels: { version: 1 } };
    expect(saidOf(labelSyntax, podsOfKind('Pod', { metadata }))).toHaveLength(1);
    expect(problemsOf(labelSyntax, [podsOfKind('CronJob', { metadata })])).toEqual([
      'CronJob/shop: spec.jobTemplate.spec.template.metadata.labels["version"] is 1: it must be a text of up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends. Fix: "version": "1", in quotes',
    ]);
  });
});

describe('selector-matches-template', () => {
  const controller = (kind: string, selector: unknown, labels: unknown = { app: 'shop' }) =>
    declared(kind === 'ReplicationController' ? 'v1' : 'apps/v1', kind, {
      spec: { selector, template: { metadata: { labels } } },
    });
  const must = 'it must select the labels of its pods, which are {"app":"shop"}';

  it.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])('compares both in a %s', (kind) => {
    expect(saidOf(selectorMatchesTemplate, controller(kind, { matchLabels: { app: 'shop' } }))).toEqual([]);
    expect(saidOf(selectorMatchesTemplate, controller(kind, { matchLabels: { app: 'blog' } }))).toEqual([
      `spec.selector is {"matchLabels":{"app":"blog"}}: ${must}`,
    ]);
  });

  it.each([
    [undefined, 'is missing'],
    [null, 'is missing'],
    [{}, 'is empty'],
    [{ matchExpressions: [{ key: 'app', operator: 'Is' }] }, 'is {"matchExpressions":[{"key":"app","operator":"Is"}]}'],
  ])('refuses the selector %j', (selector, state) => {
    expect(saidOf(selectorMatchesTemplate, controller('Deployment', selector))).toEqual([
      `spec.selector ${state}: ${must}`,
    ]);
  });

  it('takes expressions, and more labels than it asks for', () => {
    const selector = { matchExpressions: [{ key: 'app', operator: 'Exists' }] };
    expect(saidOf(selectorMatchesTemplate, controller('Deployment', selector, { app: 'shop', tier: 'web' }))).toEqual(
      [],
    );
  });

  it('reads the selector of a ReplicationController as labels, and needs none', () => {
    expect(saidOf(selectorMatchesTemplate, controller('ReplicationController', { app: 'shop' }))).toEqual([]);
    expect(saidOf(selectorMatchesTemplate, controller('ReplicationController', undefined))).toEqual([]);
    expect(saidOf(selectorMatchesTemplate, controller('ReplicationController', { app: 'blog' }))).toHaveLength(1);
  });

  it('says nothing of Jobs, whose selector is made for them, and of kinds of other groups', () => {
    expect(saidOf(selectorMatchesTemplate, declared('batch/v1', 'Job', { spec: {} }))).toEqual([]);
    expect(saidOf(selectorMatchesTemplate, declared('example.com/v1', 'Deployment', { spec: {} }))).toEqual([]);
  });
});

describe('default-namespace', () => {
  it.each([{}, { namespace: '' }, { namespace: 'shop' }])('takes %j', (metadata) => {
    expect(saidOf(defaultNamespace, declared('v1', 'Secret', {}, metadata))).toEqual([]);
  });

  it('refuses the namespace default, of any kind', () => {
    expect(saidOf(defaultNamespace, declared('example.com/v1', 'Widget', {}, { namespace: 'default' }))).toEqual([
      'metadata.namespace is "default": it must be a namespace of the application',
    ]);
  });
});
