import { describe, expect, it } from 'vitest';
import {
  elasticsearchEnvironment,
  elasticsearchMounts,
  elasticsearchTlsEnvironment,
  elasticsearchVolumes,
} from '../../../../infra/jaeger/elasticsearchClient.ts';
import { connection, credentials, tls } from './connection.ts';

describe('the storage of a Jaeger process', () => {
  it('is named by environment variables', () => {
    expect(elasticsearchEnvironment(connection)).toEqual({
      SPAN_STORAGE_TYPE: 'elasticsearch',
      ES_SERVER_URLS: 'http://es:9200',
      ES_INDEX_PREFIX: 'dev',
      ES_NUM_SHARDS: '1',
      ES_NUM_REPLICAS: '0',
      ES_MAX_SPAN_AGE: '48h',
      ES_TIMEOUT: '30s',
    });
  });

  it('gets its password as a file in a mounted directory, never as a variable or subPath', () => {
    expect(elasticsearchEnvironment({ ...connection, credentials })).toMatchObject({
      ES_USERNAME: 'jaeger',
      ES_PASSWORD_FILE: '/etc/jaeger/elasticsearch/password',
    });
    expect(elasticsearchVolumes({ ...connection, credentials })).toEqual([
      {
        name: 'elasticsearch-password',
        secret: { secretName: 'es', defaultMode: 0o440, items: [{ key: 'pw', path: 'password' }] },
      },
    ]);
    expect(elasticsearchMounts({ ...connection, credentials })).toEqual([
      { name: 'elasticsearch-password', mountPath: '/etc/jaeger/elasticsearch', readOnly: true },
    ]);
  });

  it('is sent bulk requests as they are configured', () => {
    const bulk = { actions: 500, sizeMebibytes: 2, flushIntervalMillis: 100, workers: 3 };
    expect(elasticsearchEnvironment({ ...connection, bulk })).toMatchObject({
      ES_BULK_ACTIONS: '500',
      ES_BULK_SIZE: '2097152',
      ES_BULK_FLUSH_INTERVAL: '100ms',
      ES_BULK_WORKERS: '3',
    });
  });

  it('is checked against a CA, shown a client certificate and called by another name, from mounted directories', () => {
    const secure = { ...connection, tls };
    expect(elasticsearchTlsEnvironment(secure)).toEqual({
      ES_TLS_ENABLED: 'true',
      ES_TLS_CA: '/etc/jaeger/elasticsearch-tls/ca/ca.crt',
      ES_TLS_CERT: '/etc/jaeger/elasticsearch-tls/client/tls.crt',
      ES_TLS_KEY: '/etc/jaeger/elasticsearch-tls/client/tls.key',
      ES_TLS_SERVER_NAME: 'search.example',
    });
    expect(elasticsearchVolumes(secure)).toEqual([
      { name: 'elasticsearch-ca', configMap: { name: 'ca', items: [{ key: 'ca.pem', path: 'ca.crt' }] } },
      {
        name: 'elasticsearch-client',
        secret: {
          secretName: 'client',
          defaultMode: 0o440,
          items: [
            { key: 'cert', path: 'tls.crt' },
            { key: 'key', path: 'tls.key' },
          ],
        },
      },
    ]);
    expect(elasticsearchMounts(secure).map(({ mountPath }) => mountPath)).toEqual([
      '/etc/jaeger/elasticsearch-tls/ca',
      '/etc/jaeger/elasticsearch-tls/client',
    ]);
  });

  it('has no TLS setting without TLS, since any of them without ES_TLS_ENABLED is fatal', () => {
    expect(elasticsearchTlsEnvironment(connection)).toEqual({});
  });
});
