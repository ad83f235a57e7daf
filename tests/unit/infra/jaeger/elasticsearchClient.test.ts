import { describe, expect, it } from 'vitest';
import {
  elasticsearchEnvironment,
  elasticsearchMounts,
  elasticsearchVolumes,
  waitForElasticsearch,
} from '../../../../infra/jaeger/elasticsearchClient.ts';

const connection = {
  urls: ['http://es:9200'],
  indexPrefix: 'dev',
  shards: 1,
  replicas: 0,
  waitImage: 'elasticsearch:7.17.10',
};
const credentials = { username: 'jaeger', secretName: 'es', secretKey: 'pw' };

describe('the storage of a Jaeger process', () => {
  it('is named by environment variables', () => {
    expect(elasticsearchEnvironment(connection)).toEqual({
      SPAN_STORAGE_TYPE: 'elasticsearch',
      ES_SERVER_URLS: 'http://es:9200',
      ES_INDEX_PREFIX: 'dev',
      ES_NUM_SHARDS: '1',
      ES_NUM_REPLICAS: '0',
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

  it('is waited for at every address, with the port that the scheme implies', () => {
    const { command } = waitForElasticsearch({ ...connection, urls: ['http://a:9200', 'https://b', 'http://c/'] });
    expect(command).toEqual([
      '/bin/bash',
      '-c',
      expect.stringContaining('/dev/tcp/'),
      'wait-for-elasticsearch',
      'http a 9200',
      'https b 443',
      'http c 80',
    ]);
  });
});
