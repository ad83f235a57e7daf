import type { CodesByCategory } from '../codeTable.ts';

/**
 * Classes of the clients of brokers. `KafkaJSError` is the one that all of kafkajs' inherit.
 *
 * Sources: kafkajs, src/errors.js; node-rdkafka and @confluentinc/kafka-javascript, lib/error.js; nats.js, core/src/errors.ts;
 * MQTT.js, src/lib/shared.ts.
 */
export const BROKER_CLASSES: CodesByCategory = {
  authentication: ['KafkaJSSASLAuthenticationError'],
  network: ['KafkaJSConnectionClosedError', 'KafkaJSConnectionError', 'KafkaJSRequestTimeoutError', 'KafkaJSTimeout'],
  external_service: ['ErrorWithReasonCode', 'KafkaJSError', 'LibrdKafkaError', 'NatsError'],
  system: ['KafkaJSNotImplemented', 'KafkaJSServerDoesNotSupportApiKey'],
};

/**
 * What Kafka answers, in `type`, and NATS, in `code`, where it is not simply the broker's: who may come in, and lines that break.
 *
 * Sources: Apache Kafka, "Protocol", "Error Codes"; nats.js, core/src/core.ts, `ErrorCode`.
 */
export const BROKER_ANSWERS: CodesByCategory = {
  authentication: [
    'AUTHENTICATION_EXPIRED',
    'AUTHENTICATION_TIMEOUT',
    'AUTHORIZATION_VIOLATION',
    'BAD_AUTHENTICATION',
    'BAD_CREDS',
    'CLUSTER_AUTHORIZATION_FAILED',
    'DELEGATION_TOKEN_AUTHORIZATION_FAILED',
    'GROUP_AUTHORIZATION_FAILED',
    'ILLEGAL_SASL_STATE',
    'PERMISSIONS_VIOLATION',
    'SASL_AUTHENTICATION_FAILED',
    'TOPIC_AUTHORIZATION_FAILED',
    'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    'UNSUPPORTED_SASL_MECHANISM',
  ],
  network: [
    'CONNECTION_CLOSED',
    'CONNECTION_REFUSED',
    'CONNECTION_TIMEOUT',
    'DISCONNECT',
    'NETWORK_EXCEPTION',
    'TIMEOUT',
  ],
};

/**
 * The same by numbers: librdkafka's are negative where the broker was not reached (-195 the line, -193 the name, -187 all
 * brokers, -185 time) or its client refused (-169); MQTT's are 4, 5, 134, 135, 138 and 140 where it lets nobody in.
 *
 * Sources: librdkafka, src/rdkafka.h, `rd_kafka_resp_err_t`; MQTT 3.1.1, section 3.2.2.3; MQTT 5, section 2.4.
 */
export const BROKER_NUMBERS: Readonly<Record<string, CodesByCategory>> = {
  LibrdKafkaError: { network: ['-195', '-193', '-187', '-185'], authentication: ['-169', '29', '30', '31', '58'] },
  ErrorWithReasonCode: { authentication: ['4', '5', '134', '135', '138', '140'] },
};

/**
 * Replies of AMQP that are about who may come in; all others are the broker's.
 *
 * Source: AMQP 0-9-1, "Reply Code Definitions".
 */
export const AMQP_REFUSALS: readonly string[] = ['403', '530'];
