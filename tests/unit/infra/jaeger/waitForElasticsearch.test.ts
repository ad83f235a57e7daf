import { describe, expect, it } from 'vitest';
import { waitForElasticsearch } from '../../../../infra/jaeger/waitForElasticsearch.ts';
import { connection, credentials, tls } from './connection.ts';

const images = { jaegerVersion: '1.50.0' };
const wait = (changes = {}, writes = true) =>
  waitForElasticsearch({ connection: { ...connection, ...changes }, images, writes });

describe('the container that waits for Elasticsearch', () => {
  it('asks every address, by the name in its certificate where that is another one', () => {
    const urls = ['https://a:9200', 'https://b'];
    const targets = (changes: object) => (wait({ urls, ...changes }).command as string[]).slice(4);
    expect(targets({})).toEqual(['https://a:9200 https://a:9200', 'https://b https://b']);
    expect(targets({ tls })).toEqual([
      'https://a:9200 https://search.example:9200 search.example:9200:a:9200',
      'https://b https://search.example:443 search.example:443:b:443',
    ]);
  });

  it('knows files and never a password', () => {
    expect(wait({ credentials, tls }).env).toEqual([
      { name: 'CA_FILE', value: '/etc/jaeger/elasticsearch-tls/ca/ca.crt' },
      { name: 'CERTIFICATE_FILE', value: '/etc/jaeger/elasticsearch-tls/client/tls.crt' },
      { name: 'INDEX_PREFIX', value: 'dev' },
      { name: 'JAEGER_TAG', value: '1.50.0' },
      { name: 'KEY_FILE', value: '/etc/jaeger/elasticsearch-tls/client/tls.key' },
      { name: 'PASSWORD_FILE', value: '/etc/jaeger/elasticsearch/password' },
      { name: 'SEARCH_USER', value: 'jaeger' },
      { name: 'SUPPORTED', value: 'elasticsearch-7 opensearch-1 opensearch-2' },
      { name: 'WRITES', value: 'true' },
    ]);
    expect(wait({ credentials, tls }).volumeMounts).toHaveLength(3);
  });

  it('takes Elasticsearch 8 from Jaeger 1.52 on', () => {
    const supported = (jaegerVersion: string) =>
      JSON.stringify(waitForElasticsearch({ connection, images: { jaegerVersion }, writes: true }).env);
    expect(supported('1.51.0')).not.toContain('elasticsearch-8');
    expect(supported('1.52.0')).toContain('elasticsearch-8');
  });

  it('is restricted, small, and of an image with a shell and curl', () => {
    expect(wait()).toMatchObject({
      image: 'curlimages/curl:8.10.1',
      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      resources: { limits: { memory: '64Mi' } },
    });
  });
});
