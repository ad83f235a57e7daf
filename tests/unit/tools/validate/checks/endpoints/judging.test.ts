import type { V1EndpointSlice } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { judgeService } from '../../../../../../tools/validate/checks/endpoints/servicesLead.ts';
import { judgeTopic } from '../../../../../../tools/validate/checks/streaming/partitionsRead.ts';
import { protobufMessage } from '../../../../../../tools/validate/checks/endpoints/markers/protobuf.ts';
import { createMarker, toReadableSpan } from '../../../../../../tools/validate/checks/endpoints/markers/marker.ts';

const service = {
  spec: {
    ports: [
      { name: 'grpc', port: 14250 },
      { name: 'http', port: 14268 },
    ],
  },
};
const slice = (ready: boolean, ...names: readonly string[]): V1EndpointSlice => ({
  addressType: 'IPv4',
  endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready } }],
  ports: names.map((name) => ({ name })),
});

describe('where a Service leads', () => {
  it('takes one with a ready pod at each port, in whichever slice', () => {
    expect(judgeService('Service tracing/a', service, [slice(true, 'grpc'), slice(true, 'http')])).toMatchObject({
      outcome: 'ok',
      found: '1 pods at 2 ports',
    });
  });

  it.each([
    ['no pod', [], 'no pod at grpc, http'],
    ['pods that are not ready', [slice(false, 'grpc', 'http')], 'no pod at grpc, http'],
    ['no pod at one port', [slice(true, 'grpc')], 'no pod at http'],
  ])('names one with %s', (_, slices, found) => {
    expect(judgeService('Service tracing/a', service, slices)).toMatchObject({ outcome: 'failed', found });
  });

  it('names one that is not there, or has no port', () => {
    expect(judgeService('a', undefined, [])).toMatchObject({ found: 'there is no such Service' });
    expect(judgeService('a', { spec: {} }, [])).toMatchObject({ outcome: 'failed', found: 'no pod at any port' });
  });
});

describe('readers of a topic', () => {
  it('are not taken for well where no ingester shows its figures', () => {
    expect(judgeTopic('spans', 8, { held: undefined, lag: undefined })).toMatchObject([
      { outcome: 'unchecked', subject: 'topic spans', found: 'no ingester says which it reads' },
      { outcome: 'unchecked', found: 'no ingester says how many wait' },
    ]);
  });

  it('are well when each partition is held and little waits', () => {
    expect(judgeTopic('spans', 8, { held: 8, lag: 99_999 }).map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  });

  it('are named when a partition is not held, or much waits', () => {
    expect(judgeTopic('spans', 8, { held: 7, lag: 100_000 })).toMatchObject([
      { outcome: 'failed', subject: 'topic spans', found: '7 are read' },
      { outcome: 'warning', found: '100000' },
    ]);
  });
});

it('writes messages of protobuf as the format says', () => {
  expect(protobufMessage([1, 150], [2, 'hi'], [3, { fixed64: 1n }], [16, Buffer.from([7])]).toString('hex')).toBe(
    '089601' + '12026869' + '190100000000000000' + '82010107',
  );
});

it('makes markers whose end is a millisecond later, also over the full second', () => {
  const span = toReadableSpan({ ...createMarker('x', 1_700_000_000_999.7), startMillis: 1_700_000_000_999 });
  expect([span.startTime, span.endTime]).toEqual([
    [1_700_000_000, 999_000_000],
    [1_700_000_001, 0],
  ]);
  expect(createMarker('x', 12.9).startMillis).toBe(12);
});
