import { expect, test } from 'vitest';
import { jaegerFailures } from '../../../../tools/kube/jaegerFailures.ts';

const log = (msg: string, error?: string) => JSON.stringify({ level: 'error', ts: 1, caller: 'a.go:1', msg, error });

const lost = 'spans are not written to Kafka, and lost';

test.each([
  [
    'kafka: client has run out of available brokers to talk to: dial tcp 10.0.0.9:9092: connect: connection refused',
    'no broker answers',
  ],
  ['circuit breaker is open', 'no broker answers'],
  [
    'kafka server: Request was for a topic or partition that does not exist on this broker.',
    'the topic, or a partition of it, is not there',
  ],
  ['kafka server: SASL Authentication failed.', 'Kafka refused the user name or password'],
  [
    'kafka: invalid configuration (Attempt to produce message larger than configured Producer.MaxMessageBytes: 1200031 > 1000000)',
    'a span is larger than Kafka takes (1 MB)',
  ],
  ['kafka server: something that nobody knows.', 'kafka server: something that nobody knows.'],
])('a collector whose log says "%s" loses spans: %s', (message, cause) => {
  expect(jaegerFailures(log(message))).toEqual([`${lost}: ${cause}`]);
});

test('an ingester that cannot read names why', () => {
  const error =
    'kafka: error while consuming jaeger-spans/0: kafka server: The requested offset is outside the range of offsets maintained by the server for the given topic/partition.';
  expect(jaegerFailures(log('Error consuming from Kafka', error))).toEqual([
    'spans are not taken from Kafka: Kafka has deleted spans before they were read',
  ]);
});

test('an entry that only speaks of Kafka is no failure', () => {
  const entry = { level: 'info', ts: 1, msg: 'Kafka factory', 'producer builder': { brokers: ['kafka:9092'] } };
  expect(jaegerFailures(JSON.stringify(entry))).toEqual([]);
});
