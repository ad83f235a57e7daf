import { describe, expect, it } from 'vitest';
import type { RequestSamplesResult } from '../../../../../../runtime/src/dashboard/api/requests/requestSamplesSchema.ts';
import { requestSamplesView } from '../../../../../../runtime/src/dashboard/api/requests/requestSamplesView.ts';
import { endAfter, WALL_START } from '../../../requests/support/trackerFixture.ts';
import { answered, replica, replicaWithout } from './replicas.ts';

function samples(...given: Parameters<typeof answered> extends [unknown, ...infer Rest] ? Rest : never) {
  return answered<RequestSamplesResult>(requestSamplesView, ...given);
}

describe('the view of samples', () => {
  it('tells of the slowest of all instances, and of each band; the last one has no end', async () => {
    const trace = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), sampled: true };
    const [a, b] = [
      replica('a', { latencyBandsMillis: [10] }, { currentTrace: () => trace }),
      replica('b', { latencyBandsMillis: [10] }),
    ];
    endAfter(a, { id: 'quick', operation: 'GET /' }, { millis: 5 });
    endAfter(b, { id: 'slow', operation: 'GET /' }, { millis: 50, failed: true });
    expect(await samples([a, b], { limit: '1' })).toEqual({
      off: [],
      slowest: [
        {
          instance: 'b',
          id: 'slow',
          operation: 'GET /',
          state: 'failed',
          durationMillis: 50,
          startedMillis: WALL_START,
        },
      ],
      bands: [
        { aboveMillis: 0, upToMillis: 10, requests: [expect.objectContaining({ id: 'quick', ...trace })] },
        { aboveMillis: 10, requests: [expect.objectContaining({ id: 'slow', instance: 'b' })] },
      ],
    });
  });

  it('keeps bands apart that instances have otherwise', async () => {
    const [a, b] = [replica('a', { latencyBandsMillis: [10] }), replica('b', { latencyBandsMillis: [20] })];
    const { bands } = await samples([b, a]);
    expect(bands.map(({ aboveMillis, upToMillis }) => [aboveMillis, upToMillis])).toEqual([
      [0, 20],
      [0, 10],
      [10, undefined],
      [20, undefined],
    ]);
  });

  it('tells of one operation', async () => {
    const one = replica('a');
    endAfter(one, { id: 'a', operation: 'GET /' });
    endAfter(one, { id: 'b', operation: 'POST /' });
    expect((await samples([one], { operation: 'POST /' })).slowest.map(({ id }) => id)).toEqual(['b']);
    expect((await samples([one], { operation: 'unheard' })).slowest).toEqual([]);
  });

  it('says who does not track requests', async () => {
    expect(await samples([replicaWithout('b')])).toEqual({ off: ['b'], slowest: [], bands: [] });
  });
});
