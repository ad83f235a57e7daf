import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { requestsExport } from '../../../../../../runtime/src/dashboard/api/requests/requestsExport.ts';
import { endAfter } from '../../../requests/support/trackerFixture.ts';
import { replica, replicaWithout } from './replicas.ts';

describe('a download of requests', () => {
  it('has those that fit, in the order of their ends', async () => {
    const one = replica('a');
    for (const [id, failed] of [
      ['well', false],
      ['first', true],
      ['second', true],
    ] as const)
      endAfter(one, { id, operation: 'GET /' }, { failed });
    const download = requestsExport(one.source, { format: 'ndjson', state: 'failed' });
    const lines = download === undefined ? '' : await text(download.text);
    const ids = lines
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id?: string }).id);
    expect(ids.filter((id) => id !== undefined)).toEqual(['first', 'second']);
  });

  it('has a name that is no header of its own, whatever the instance is called', () => {
    const download = requestsExport(replica('a"\r\nx: y/../böse').source, {});
    expect(download?.fileName).toBe('requests-shop-a-x-y-..-b-se.csv');
    expect(download?.text.contentType).toContain('text/csv');
    download?.text.destroy();
  });

  it('is none where requests are not tracked', () => {
    expect(requestsExport(replicaWithout('a').source, {})).toBeUndefined();
  });

  it.each([{ format: 'xml' }, { id: 'r' }, { limit: '5' }, { state: 'lost' }])('refuses %j', (query) => {
    expect(() => requestsExport(replica('a').source, query)).toThrow(Object.keys(query)[0]);
  });
});
