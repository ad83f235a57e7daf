import { expect, it } from 'vitest';
import { collectorEnvironment, ingesterEnvironment, spanIndices } from '../../../../bench/scale/settings.ts';

const servers = { elasticsearch: 'http://127.0.0.1:1', broker: '127.0.0.1:2' };

it('has collectors write where their strategy says, and to indices of their own', () => {
  expect(collectorEnvironment('direct', servers)).toMatchObject({
    SPAN_STORAGE_TYPE: 'elasticsearch',
    ES_SERVER_URLS: 'http://127.0.0.1:1',
    ES_INDEX_PREFIX: 'scale-direct',
    COLLECTOR_QUEUE_SIZE: '5000',
  });
  const streaming = collectorEnvironment('streaming', servers);
  expect(streaming).toMatchObject({ SPAN_STORAGE_TYPE: 'kafka', KAFKA_PRODUCER_BROKERS: '127.0.0.1:2' });
  expect(Object.keys(streaming).filter((name) => name.startsWith('ES_'))).toEqual([]);
});

it('has ingesters take from the broker what they write to the same storage', () => {
  expect(ingesterEnvironment(servers)).toMatchObject({
    KAFKA_CONSUMER_BROKERS: '127.0.0.1:2',
    ES_SERVER_URLS: 'http://127.0.0.1:1',
    ES_INDEX_PREFIX: 'scale-streaming',
    SPAN_STORAGE_TYPE: 'elasticsearch',
  });
});

it('looks for the spans of a strategy in no indices of the other', () => {
  expect([spanIndices('direct'), spanIndices('streaming')]).toEqual([
    'scale-direct-jaeger-span-*',
    'scale-streaming-jaeger-span-*',
  ]);
});
