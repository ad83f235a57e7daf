import { describe, expect, it } from 'vitest';
import { jaegerFailures, storageCause } from '../../../../tools/kube/jaegerFailures.ts';

function entry(msg: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    level: 'error',
    ts: 1,
    caller: 'a.go:1',
    msg,
    ...fields,
    stacktrace: 'main.main\n\t/a.go:1',
  });
}

const bulk = 'Elasticsearch could not process bulk request';
const part = 'Elasticsearch part of bulk request failed';
const update = 'failed to update sampling strategies';
const loading = entry('Loading sampling strategies', { filename: '/etc/jaeger/sampling/strategies.json' });
const broken = entry(update, { error: 'failed to unmarshal sampling strategies: unexpected end of JSON input' });

describe('jaegerFailures', () => {
  it.each([
    [bulk, { error: 'elastic: Error 401 (Unauthorized)' }, 'refused the user name or password (401)'],
    [
      bulk,
      { error: 'Post "https://es:9200/_bulk": x509: certificate signed by unknown authority', response: null },
      'the CA does not vouch for the certificate of Elasticsearch',
    ],
    [
      bulk,
      { error: 'x509: certificate has expired or is not yet valid: current time 2026-11-22 is after 2026-11-21' },
      'the certificate of Elasticsearch has expired or is not yet valid',
    ],
    [bulk, { error: 'Post "http://es:9200/_bulk": dial tcp 10.0.0.1:9200: connect: connection refused' }, 'not answer'],
    [bulk, { error: 'no available connection: no Elasticsearch node available' }, 'Elasticsearch does not answer'],
    [bulk, { error: 'dial tcp 10.96.0.9:9200: connect: network is unreachable' }, 'Elasticsearch does not answer'],
    [
      part,
      {
        'map-key': 'index',
        response: {
          _index: 'a-jaeger-span-2026-11-22',
          status: 429,
          error: {
            type: 'cluster_block_exception',
            reason:
              'index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];',
          },
        },
      },
      'nearly full, so that it takes no writes (flood-stage watermark)',
    ],
    [
      part,
      {
        response: {
          status: 503,
          error: { type: 'unavailable_shards_exception', reason: 'primary shard is not active' },
        },
      },
      'shards of an index are not available',
    ],
  ])('says in plain words why spans are not stored: %s %j', (msg, fields, words) => {
    const [failure, ...others] = jaegerFailures(`${entry('Query server started')}\n${entry(msg, fields)}\n`);
    expect(failure).toMatch(/^spans are not stored: /);
    expect(failure).toContain(words);
    expect(others).toEqual([]);
  });

  it('says each cause once, and one that is not known in the words of Elasticsearch', () => {
    const unknown = entry(bulk, { error: 'elastic: Error 400 (Bad Request): strange [type=strange]' });
    expect(jaegerFailures([unknown, unknown, 'no JSON'].join('\n'))).toEqual([
      'spans are not stored: elastic: Error 400 (Bad Request): strange [type=strange]',
    ]);
  });

  it('tells the reading of traces from the writing of spans', () => {
    const failed = entry('HTTP handler, Internal Server Error', { error: 'elastic: Error 401 (Unauthorized)' });
    expect(jaegerFailures(failed)).toEqual([
      'traces cannot be read: Elasticsearch refused the user name or password (401)',
    ]);
  });

  it('says that collectors keep their sampling strategies, until the file is read without a failure again', () => {
    const sentence =
      'keeps the sampling strategies it has: failed to unmarshal sampling strategies: unexpected end of JSON input';
    expect(jaegerFailures([loading, broken].join('\n'))).toEqual([sentence]);
    expect(jaegerFailures([loading, broken, loading, broken].join('\n'))).toEqual([sentence]);
    expect(jaegerFailures([loading, broken, loading].join('\n'))).toEqual([]);
  });

  it('says that an agent does not reach the collectors', () => {
    const error = 'rpc error: code = Unavailable desc = connection error';
    expect(jaegerFailures(entry('Could not send spans over gRPC', { error }))).toEqual([
      `the collectors do not take its spans: ${error}`,
    ]);
  });
});

it('no cause is found in a text that names none', () => {
  expect(storageCause('all is well')).toBeUndefined();
});
