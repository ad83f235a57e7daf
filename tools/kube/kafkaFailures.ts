import { shorten, type LogEntry } from './logLines.ts';

/**
 * What an entry of the log of a collector or an ingester complains of that has to do with Kafka; undefined for any other. A collector logs the
 * error itself as its message (Jaeger 1.50 `plugin/storage/kafka/writer.go`), an ingester names it (`cmd/ingester/app/consumer`).
 */
export function kafkaFailure({ level, message, error, text }: LogEntry): string | undefined {
  if (level !== 'error') return undefined;
  if (message === 'Error consuming from Kafka') return `spans are not taken from Kafka: ${causeOf(error, text)}`;
  if (!/^kafka|^circuit breaker is open|^dial tcp /.test(message)) return undefined;
  return `spans are not written to Kafka, and lost: ${causeOf(message, text)}`;
}

// Texts of Sarama 1.33, which Jaeger 1.50 has. The first that fits is said.
const causes: readonly (readonly [RegExp, string])[] = [
  [/SASL Authentication failed|SASL_AUTHENTICATION_FAILED/i, 'Kafka refused the user name or password'],
  [/x509: /, 'the certificate of Kafka is not trusted'],
  [/not authorized|authorization failed/i, 'Kafka does not let the user do this'],
  [/topic or partition that does not exist/, 'the topic, or a partition of it, is not there'],
  [/larger than|too large|MessageSizeTooLarge/i, 'a span is larger than Kafka takes (1 MB)'],
  [/outside the range of offsets/, 'Kafka has deleted spans before they were read'],
  [/fewer in-sync replicas|in-sync replicas/, 'too few replicas of a partition are in sync'],
  [
    /run out of available brokers|circuit breaker is open|connection refused|no such host|i\/o timeout|no route|EOF|leadership election|not the leader|not available/i,
    'no broker answers',
  ],
];

function causeOf(words: string, text: string): string {
  return causes.find(([pattern]) => pattern.test(text))?.[1] ?? shorten(words === '' ? text : words);
}
