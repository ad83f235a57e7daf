import { expect, it } from 'vitest';
import { parseRoutes } from '../../../../tools/cluster/hostNetwork.ts';

// As /proc/net/route prints it: little-endian hexadecimal numbers.
const TABLE = [
  'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT',
  'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
  'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
  'tw12345678\t04CCE70A\t00000000\t0001\t0\t0\t0\tFCFFFFFF\t0\t0\t0',
  '',
].join('\n');

it('reads every route but the default one', () => {
  expect(parseRoutes(TABLE, 'none')).toEqual([
    { address: 0xc0000200, prefixLength: 24 },
    { address: 0x0ae7cc04, prefixLength: 30 },
  ]);
});

it("leaves the cluster's own link out", () => {
  expect(parseRoutes(TABLE, 'tw12345678')).toEqual([{ address: 0xc0000200, prefixLength: 24 }]);
});

it('reads an empty table as no routes', () => {
  expect(parseRoutes('', 'none')).toEqual([]);
});
