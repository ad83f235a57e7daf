import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoFreeLinkError } from '../../../../tools/cluster/errors/noFreeLinkError.ts';
import { chooseLinkAddress, isLinkFree, parseIpv4Block } from '../../../../tools/cluster/linkAddress.ts';

describe('chooseLinkAddress', () => {
  it('gives the two usable addresses of one /30', () => {
    const { hostAddress, nodeAddress } = chooseLinkAddress('dev-12345678', []);
    expect(hostAddress).toMatch(/^10\.231\.\d+\.\d+$/);
    const last = Number(hostAddress.split('.')[3]);
    expect(last % 4).toBe(1);
    expect(nodeAddress).toBe(hostAddress.replace(/\d+$/, String(last + 1)));
  });

  it('gives the same cluster the same addresses, and different clusters mostly different ones', () => {
    const choose = (seed: string): string => chooseLinkAddress(seed, []).hostAddress;
    expect(choose('dev-12345678')).toBe(choose('dev-12345678'));
    const seeds = Array.from({ length: 100 }, (_, index) => `cluster-${index}`);
    expect(new Set(seeds.map(choose)).size).toBeGreaterThan(95);
  });

  it('never shares an address with a block in use', () => {
    const block = fc.record({
      address: fc.integer({ min: 0x0ae70000, max: 0x0ae7ffff }),
      prefixLength: fc.integer({ min: 18, max: 32 }),
    });
    fc.assert(
      fc.property(fc.string(), fc.array(block, { maxLength: 20 }), (seed, used) => {
        const link = chooseLinkAddress(seed, used);
        expect(isLinkFree(link, used)).toBe(true);
      }),
    );
  });

  it('goes on to the next pool when one is routed as a whole', () => {
    const link = chooseLinkAddress('dev', [parseIpv4Block('10.0.0.0/8')]);
    expect(link.hostAddress).toMatch(/^172\.29\.2[45]\d\./);
  });

  it('names the pools when all of them are in use', () => {
    const used = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parseIpv4Block);
    expect(() => chooseLinkAddress('dev', used)).toThrow(NoFreeLinkError);
    expect(() => chooseLinkAddress('dev', used)).toThrow('10.231.0.0/16, 172.29.240.0/20, 192.168.231.0/24');
  });
});

describe('isLinkFree', () => {
  const link = { hostAddress: '10.231.0.5', nodeAddress: '10.231.0.6' };

  it.each([
    ['10.231.0.4/30', false],
    ['10.231.0.7/32', false],
    ['10.231.0.0/16', false],
    ['10.231.0.0/30', true],
    ['10.231.0.8/29', true],
  ])('with %s in use answers %s', (block, expected) => {
    expect(isLinkFree(link, [parseIpv4Block(block)])).toBe(expected);
  });
});

describe('parseIpv4Block', () => {
  it.each(['10.0.0/8', '10.0.0.256', '10.0.0.0/33', 'x', ''])('refuses %j', (text) => {
    expect(() => parseIpv4Block(text)).toThrow(RangeError);
  });
});
