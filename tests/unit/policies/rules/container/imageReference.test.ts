import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImageReference } from '../../../../../policies/rules/container/imageReference.ts';

const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`;
const nothing = { registry: undefined, tag: undefined, digest: undefined };

describe('parseImageReference', () => {
  it.each([
    ['shop', { repository: 'shop' }],
    ['shop:1.4.2', { repository: 'shop', tag: '1.4.2' }],
    ['team/shop', { repository: 'team/shop' }],
    ['team/part/shop:v1_2-rc.1', { repository: 'team/part/shop', tag: 'v1_2-rc.1' }],
    ['a__b/c--d.e_f:latest', { repository: 'a__b/c--d.e_f', tag: 'latest' }],
    ['shop:V1', { repository: 'shop', tag: 'V1' }],
    ['registry.example/shop', { registry: 'registry.example', repository: 'shop' }],
    ['registry.example:5000/shop', { registry: 'registry.example:5000', repository: 'shop' }],
    ['registry.example:5000/team/shop:1', { registry: 'registry.example:5000', repository: 'team/shop', tag: '1' }],
    ['registry:5000/shop', { registry: 'registry:5000', repository: 'shop' }],
    ['Registry/shop', { registry: 'Registry', repository: 'shop' }],
    ['localhost/shop', { registry: 'localhost', repository: 'shop' }],
    ['192.0.2.1:5000/shop', { registry: '192.0.2.1:5000', repository: 'shop' }],
    ['[2001:db8::1]:5000/shop:1', { registry: '[2001:db8::1]:5000', repository: 'shop', tag: '1' }],
    [`shop@${sha256}`, { repository: 'shop', digest: sha256 }],
    [`shop:1.4.2@${sha256}`, { repository: 'shop', tag: '1.4.2', digest: sha256 }],
    [
      `registry.example:5000/shop:1@${sha256}`,
      { registry: 'registry.example:5000', repository: 'shop', tag: '1', digest: sha256 },
    ],
    [`shop@sha512:${'a'.repeat(128)}`, { repository: 'shop', digest: `sha512:${'a'.repeat(128)}` }],
    [`shop:${'a'.repeat(128)}`, { repository: 'shop', tag: 'a'.repeat(128) }],
  ])('reads %s', (image, parts) => {
    expect(parseImageReference(image)).toEqual({ ...nothing, ...parts });
  });

  it.each([
    ['nothing', ''],
    ['a blank', ' shop:1'],
    ['a blank at the end', 'shop:1 '],
    ['capitals in a repository', 'team/Shop:1'],
    ['capitals without a registry', 'Shop'],
    ['an empty tag', 'shop:'],
    ['a tag of 129 characters', `shop:${'a'.repeat(129)}`],
    ['a tag that begins with a dash', 'shop:-1'],
    ['two tags', 'shop:1:2'],
    ['an empty digest', 'shop@'],
    ['a digest that is too short', 'shop@sha256:0123456789abcdef'],
    ['a digest of 32 digits for sha256', `shop@sha256:${'a'.repeat(32)}`],
    ['a digest in capitals', `shop@sha256:${'A'.repeat(64)}`],
    ['a digest without an algorithm', `shop@${'a'.repeat(64)}`],
    ['two digests', `shop@${sha256}@${sha256}`],
    ['a scheme', 'https://registry.example/shop:1'],
    ['a port that is no number', 'registry.example:web/shop'],
    ['a host that begins with a dash', '-registry.example/shop'],
    ['a host that ends with a dot', 'registry./shop'],
    ['a registry only', 'registry.example/'],
    ['an empty part', 'team//shop'],
    ['a part that begins with a dash', 'team/-shop'],
    ['three underscores', 'a___b'],
    ['a variable', '$(IMAGE)'],
    ['a name of 256 characters', 'a'.repeat(256)],
  ])('takes no image from %s', (_what, image) => {
    expect(parseImageReference(image)).toBeUndefined();
  });

  it('says of every text the same as it is put together from its parts, or nothing', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}$/);
    const optional = <Part>(arbitrary: fc.Arbitrary<Part>) => fc.option(arbitrary, { nil: undefined });
    const reference = fc.record({
      registry: optional(fc.constantFrom('registry.example', 'registry.example:5000', 'localhost')),
      repository: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      tag: optional(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,9}$/)),
      digest: optional(fc.constant(sha256)),
    });
    fc.assert(
      fc.property(reference, ({ registry, repository, tag, digest }) => {
        const image =
          (registry === undefined ? '' : `${registry}/`) +
          repository +
          (tag === undefined ? '' : `:${tag}`) +
          (digest === undefined ? '' : `@${digest}`);
        expect(parseImageReference(image)).toEqual({ registry, repository, tag, digest });
      }),
    );
  });

  it('throws at no text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseImageReference(text);
      }),
    );
  });
});
