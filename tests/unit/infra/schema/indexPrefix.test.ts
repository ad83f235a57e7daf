import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexPrefixOf } from '../../../../infra/schema/indexPrefix.ts';

describe('indexPrefixOf', () => {
  it.each([
    ['dev', 'tracewright.dev'],
    ['eu-prod_2', 'tracewright.eu-prod_2'],
    ['Shop.Prod', 'tracewright.shop-prod-6afc0d31'],
    ['a-', 'tracewright.a-9baf4407'],
    ['x'.repeat(100), `tracewright.${'x'.repeat(42)}-09ecb6eb`],
  ])('makes the stack name %j the index prefix %j', (stack, prefix) => {
    expect(indexPrefixOf(stack)).toBe(prefix);
  });

  it('makes an index prefix that Elasticsearch takes and that is no end of that of another stack', () => {
    const stackName = fc.stringMatching(/^[A-Za-z0-9_.-]{1,100}$/);
    fc.assert(
      fc.property(stackName, stackName, fc.boolean(), (one, other, asEnd) => {
        const longer = asEnd ? `${other}${one}`.slice(-100) : other;
        fc.pre(one !== longer);
        // Jaeger itself adds the "-" that is missing.
        expect(`${indexPrefixOf(longer)}-`.endsWith(`${indexPrefixOf(one)}-`)).toBe(false);
        expect(indexPrefixOf(one)).toMatch(/^tracewright\.[a-z0-9_-]{0,50}[a-z0-9_]$/);
      }),
    );
  });
});
