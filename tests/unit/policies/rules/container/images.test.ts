import { describe, expect, it } from 'vitest';
import { imageDigest } from '../../../../../policies/rules/container/imageDigest.ts';
import { imagePullPolicy } from '../../../../../policies/rules/container/imagePullPolicy.ts';
import { imageRegistry } from '../../../../../policies/rules/container/imageRegistry.ts';
import { imageTag } from '../../../../../policies/rules/container/imageTag.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { podKinds, podsOfKind, problemsIn } from './containerFixtures.ts';

const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('image-tag', () => {
  it.each([
    'shop:1.4.2',
    'registry.example:5000/team/shop:1.4.2',
    `shop@${sha256}`,
    `shop:latest@${sha256}`,
    'shop:latest-1',
    'shop:Latest',
  ])('lets %s pass', (image) => {
    expect(problemsIn(imageTag, { image })).toEqual([]);
  });

  const invalid = 'it must be the name of an image, with a tag or a digest';

  it.each([
    [undefined, `image is missing: ${invalid}`],
    [null, `image is missing: ${invalid}`],
    ['', `image is "": ${invalid}`],
    [5, `image is 5: ${invalid}`],
    ['Shop:1', `image is "Shop:1": ${invalid}`],
    [`shop@sha256:0`, `image is "shop@sha256:0": ${invalid}`],
    ['shop', 'image is "shop": it must have a tag or a digest'],
    ['registry.example:5000/shop', 'image is "registry.example:5000/shop": it must have a tag or a digest'],
    ['shop:latest', 'image is "shop:latest": it must have another tag than "latest", or a digest'],
  ])('finds %s', (image, problem) => {
    expect(problemsIn(imageTag, { image })).toEqual([problem]);
  });

  it('takes the tags of a configuration', () => {
    const parameters = { mutableTags: ['edge', 'main'] };
    expect(problemsIn(imageTag, { image: 'shop:latest' }, parameters)).toEqual([]);
    expect(problemsIn(imageTag, { image: 'shop:main' }, parameters)).toEqual([
      'image is "shop:main": it must have another tag than "main", or a digest',
    ]);
  });

  it.each(podKinds)('asks it of every container of a %s', (kind, _apiVersion, podPath) => {
    const object = podsOfKind(kind, {
      initContainers: [{ name: 'first' }],
      containers: [{ name: 'shop' }],
      ephemeralContainers: [{ name: 'debug' }],
    });
    expect(findingsOf(imageTag, [object]).map(({ path }) => path)).toEqual([
      `${podPath}.initContainers[0].image`,
      `${podPath}.containers[0].image`,
      `${podPath}.ephemeralContainers[0].image`,
    ]);
  });
});

describe('image-digest', () => {
  it.each([
    [`shop@${sha256}`, []],
    [`registry.example:5000/shop:1@${sha256}`, []],
    ['shop@sha256:0', ['image is "shop@sha256:0": it must have a digest']],
    ['shop:1', ['image is "shop:1": it must have a digest']],
    [undefined, ['image is missing: it must have a digest']],
  ])('looks for the digest of %s', (image, problems) => {
    expect(problemsIn(imageDigest, { image })).toEqual(problems);
  });

  it('is asked of nobody without a configuration', () => {
    expect(imageDigest.level).toBe('disabled');
  });
});

describe('image-registry', () => {
  it.each(['shop', 'elsewhere.example/shop:1', 'Shop', undefined])('allows %s without a configuration', (image) => {
    expect(problemsIn(imageRegistry, { image })).toEqual([]);
  });

  it.each([
    ['registry.example/shop:1', ['registry.example'], 0],
    ['registry.example/team/shop', ['registry.example'], 0],
    ['registry.example/team/shop', ['registry.example/team'], 0],
    ['registry.example/team/shop', ['registry.example/team/'], 0],
    ['registry.example/team/shop:1', ['registry.example/team/shop'], 0],
    ['registry.example/teamwork/shop', ['registry.example/team'], 1],
    ['registry.example:5000/shop', ['registry.example'], 1],
    ['registry.example:5000/shop', ['registry.example:5000'], 0],
    ['registry.example.evil/shop', ['registry.example'], 1],
    ['team/shop:1', ['team'], 0],
    ['team/shop:1', ['registry.example/team'], 1],
    ['shop:1', ['shop'], 0],
    ['shop:1', ['registry.example', 'other'], 1],
    ['Shop:1', ['Shop'], 1],
    [undefined, ['registry.example'], 0],
  ])('compares %s with %j', (image, allowed, count) => {
    expect(problemsIn(imageRegistry, { image }, { allowed })).toHaveLength(count);
  });

  it('says what is allowed', () => {
    expect(problemsIn(imageRegistry, { image: 'shop:1' }, { allowed: ['registry.example', 'team'] })).toEqual([
      'image is "shop:1": it must begin with "registry.example" or "team"',
    ]);
  });
});

describe('image-pull-policy', () => {
  const moved = 'it must be Always, since the tag "latest" is moved';

  it.each([
    ['shop:1', undefined],
    ['shop:1', 'IfNotPresent'],
    ['shop:1', 'Always'],
    ['shop:latest', undefined],
    ['shop', undefined],
    ['shop', null],
    ['shop', ''],
    [`shop:latest@${sha256}`, 'IfNotPresent'],
    [`shop@${sha256}`, 'IfNotPresent'],
    ['Shop', 'IfNotPresent'],
    [undefined, undefined],
  ])('lets %s with %s pass', (image, policy) => {
    expect(problemsIn(imagePullPolicy, { image, imagePullPolicy: policy })).toEqual([]);
  });

  it.each([
    ['shop', 'IfNotPresent', `is "IfNotPresent": ${moved}`],
    ['shop:latest', 'IfNotPresent', `is "IfNotPresent": ${moved}`],
    ['shop:1', 'Never', 'is "Never": it must be Always or IfNotPresent'],
    [`shop@${sha256}`, 'Never', 'is "Never": it must be Always or IfNotPresent'],
    ['shop:1', 'always', 'is "always": it must be Always or IfNotPresent'],
    ['shop:1', 5, 'is 5: it must be Always or IfNotPresent'],
  ])('finds %s with %s', (image, policy, problem) => {
    expect(problemsIn(imagePullPolicy, { image, imagePullPolicy: policy })).toEqual([`imagePullPolicy ${problem}`]);
  });

  it('knows what the API server fills in for a tag that only the configuration calls mutable', () => {
    const parameters = { mutableTags: ['edge'] };
    expect(problemsIn(imagePullPolicy, { image: 'shop:edge' }, parameters)).toEqual([
      'imagePullPolicy is "IfNotPresent" by default: it must be Always, since the tag "edge" is moved',
    ]);
    expect(problemsIn(imagePullPolicy, { image: 'shop', imagePullPolicy: 'IfNotPresent' }, parameters)).toEqual([]);
  });

  it.each([
    ['shop:1', 'Always', []],
    ['shop', undefined, []],
    [`shop:latest@${sha256}`, undefined, []],
    ['shop:1', undefined, ['imagePullPolicy is "IfNotPresent" by default: it must be Always']],
    [`shop@${sha256}`, undefined, ['imagePullPolicy is "IfNotPresent" by default: it must be Always']],
    ['shop:1', 'Never', ['imagePullPolicy is "Never": it must be Always']],
  ])('asks every image for Always where the configuration does: %s with %s', (image, policy, problems) => {
    expect(problemsIn(imagePullPolicy, { image, imagePullPolicy: policy }, { always: true })).toEqual(problems);
  });
});
