import type { ElasticsearchConnection } from '../../../../infra/jaeger/elasticsearchClient.ts';

/** A connection without password and TLS; a case adds what it is about. */
export const connection: ElasticsearchConnection = {
  urls: ['http://es:9200'],
  indexPrefix: 'dev',
  shards: 1,
  replicas: 0,
  retentionDays: 2,
  timeoutSeconds: 30,
};

export const credentials = { username: 'jaeger', secretName: 'es', secretKey: 'pw' };

export const tls = {
  ca: { kind: 'configMap', name: 'ca', key: 'ca.pem' },
  clientCertificate: { secretName: 'client', certificateKey: 'cert', privateKeyKey: 'key' },
  serverName: 'search.example',
} as const;
