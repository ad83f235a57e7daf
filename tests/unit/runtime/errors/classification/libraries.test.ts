import { describe, expect, test } from 'vitest';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { ErrorCategory } from '../../../../../runtime/src/errors/errorCategory.ts';
import { capturedOf, errorFacts, packageFrame } from './captured.ts';

const classifier = new ErrorClassifier();
const describer = new ErrorDescriber({ redactText: (text) => text, workingDirectory: '/srv/app' });

/** An error whose class inherits as its library's does: `NoSuchKey < S3ServiceException < ServiceException`. */
function errorOf(classes: string, message: string, properties: object): Error {
  let parent: new (message?: string) => Error = Error;
  for (const name of classes.split(' < ').reverse()) {
    if (name !== 'Error') parent = { [name]: class extends parent {} }[name] ?? parent;
  }
  const error = Object.assign(new parent(message), properties);
  // Where it is made says nothing of the library.
  error.stack = `Error: ${message}`;
  return error;
}

type Case = readonly [category: ErrorCategory, classes: string, message: string, properties?: object];

function expectCases(cases: readonly Case[]): void {
  const named = cases.map(([category, classes, message, properties]) => ({ category, classes, message, properties }));
  test.each(named)('$classes $message $properties is $category', ({ category, classes, message, properties = {} }) => {
    const error = describer.describe(errorOf(classes, message, properties));
    expect(classifier.classify(capturedOf(error)).category).toBe(category);
  });
}

const aws = (name: string, httpStatusCode: number, $fault = 'client') => ({
  name,
  $fault,
  $metadata: { httpStatusCode },
});
const AWS = 'ServiceException < Error';

describe('AWS SDK 3', () => {
  expectCases([
    [
      'external_service',
      `NoSuchKey < S3ServiceException < ${AWS}`,
      'The specified key does not exist.',
      aws('NoSuchKey', 404),
    ],
    ['external_service', `SQSServiceException < ${AWS}`, 'Rate exceeded', aws('ThrottlingException', 400)],
    ['external_service', `LambdaServiceException < ${AWS}`, 'failed', aws('ServiceException', 500, 'server')],
    ['external_service', `ValidationException < ${AWS}`, '1 validation error', aws('ValidationException', 400)],
    ['authentication', `S3ServiceException < ${AWS}`, 'Access Denied', aws('AccessDenied', 403)],
    ['authentication', `S3ServiceException < ${AWS}`, 'UnknownError', aws('403', 403)],
    ['authentication', `STSServiceException < ${AWS}`, 'expired', aws('ExpiredTokenException', 400)],
    ['authentication', `UnauthorizedException < ${AWS}`, 'no', aws('UnauthorizedException', 401)],
    [
      'database',
      `ConditionalCheckFailedException < DynamoDBServiceException < ${AWS}`,
      'The conditional request failed',
      aws('ConditionalCheckFailedException', 400),
    ],
    ['database', `DynamoDBServiceException < ${AWS}`, 'no table', aws('ResourceNotFoundException', 400)],
    ['authentication', 'CredentialsProviderError < ProviderError < Error', 'Could not load credentials'],
  ]);
});

describe('AWS SDK 2', () => {
  const answer = { requestId: 'ABC', retryable: false, time: new Date(0) };
  expectCases([
    ['external_service', 'Error', 'gone', { ...answer, name: 'NoSuchKey', code: 'NoSuchKey', statusCode: 404 }],
    ['authentication', 'Error', 'no', { ...answer, name: 'ExpiredToken', code: 'ExpiredToken', statusCode: 400 }],
  ]);
});

describe('services of others', () => {
  const stripe = (type: string, statusCode: number) => ({
    type,
    statusCode,
    requestId: 'req_1',
    code: 'card_declined',
  });
  expectCases([
    [
      'external_service',
      'StripeCardError < StripeError < Error',
      'Your card was declined.',
      stripe('StripeCardError', 402),
    ],
    [
      'external_service',
      'StripeInvalidRequestError < StripeError < Error',
      'No such customer',
      stripe('StripeInvalidRequestError', 404),
    ],
    [
      'external_service',
      'Error',
      'Your card was declined.',
      { ...stripe('StripeCardError', 402), name: 'StripeCardError' },
    ],
    [
      'network',
      'StripeConnectionError < StripeError < Error',
      'An error occurred with our connection',
      { type: 'StripeConnectionError' },
    ],
    [
      'authentication',
      'StripeAuthenticationError < StripeError < Error',
      'Invalid API Key',
      { type: 'StripeAuthenticationError', statusCode: 401 },
    ],
    ['authentication', 'StripeSignatureVerificationError < StripeError < Error', 'No signatures found'],
    [
      'external_service',
      'RateLimitError < APIError < OpenAIError < Error',
      '429 Rate limit reached',
      { status: 429, code: 'rate_limit_exceeded' },
    ],
    ['external_service', 'Error', '429 Rate limit reached', { name: 'RateLimitError', status: 429 }],
    ['external_service', 'NotFoundError < APIError < AnthropicError < Error', '404 model', { status: 404 }],
    ['network', 'APIConnectionError < APIError < OpenAIError < Error', 'Connection error.'],
    [
      'network',
      'APIConnectionTimeoutError < APIConnectionError < APIError < OpenAIError < Error',
      'Request timed out.',
    ],
    [
      'external_service',
      'RestError < Error',
      'The specified blob does not exist.',
      { code: 'BlobNotFound', statusCode: 404 },
    ],
    ['network', 'RestError < Error', 'getaddrinfo', { code: 'REQUEST_SEND_ERROR' }],
    ['external_service', 'Error', 'An API error occurred: channel_not_found', { code: 'slack_webapi_platform_error' }],
    ['network', 'Error', 'A request error occurred', { code: 'slack_webapi_request_error' }],
    [
      'authentication',
      'FirebaseAuthError < PrefixedFirebaseError < FirebaseError < Error',
      'expired',
      { code: 'auth/id-token-expired' },
    ],
    [
      'external_service',
      'FirebaseMessagingError < PrefixedFirebaseError < FirebaseError < Error',
      'gone',
      { code: 'messaging/registration-token-not-registered' },
    ],
    [
      'external_service',
      'RestException < Error',
      'not a valid phone number',
      { status: 400, code: 21_211, moreInfo: 'https://twilio' },
    ],
    ['external_service', 'ResponseError < Error', 'Bad Request', { code: 400, response: {} }],
    ['external_service', 'Error', 'not there', { name: 'GaxiosError', status: 404 }],
    ['authentication', 'InvalidCredentialsError < LDAPError < Error', 'Invalid Credentials', { code: 49 }],
    ['external_service', 'NoSuchObjectError < LDAPError < Error', 'No Such Object', { code: 32 }],
  ]);
});

describe('brokers', () => {
  const kafka = 'KafkaJSError < Error';
  const missing = "Channel closed by server: 404 (NOT-FOUND) with message \"NOT_FOUND - no queue 'q' in vhost '/'\"";
  expectCases([
    ['network', `KafkaJSConnectionError < ${kafka}`, 'Connection timeout', { broker: 'b:9092', retriable: true }],
    ['network', `KafkaJSRequestTimeoutError < ${kafka}`, 'Request Fetch timed out', { broker: 'b:9092' }],
    [
      'external_service',
      `KafkaJSProtocolError < ${kafka}`,
      'no topic',
      { type: 'UNKNOWN_TOPIC_OR_PARTITION', code: 3 },
    ],
    ['external_service', `KafkaJSNumberOfRetriesExceeded < KafkaJSNonRetriableError < ${kafka}`, 'no leader'],
    ['authentication', `KafkaJSProtocolError < ${kafka}`, 'no', { type: 'TOPIC_AUTHORIZATION_FAILED', code: 29 }],
    ['authentication', `KafkaJSSASLAuthenticationError < ${kafka}`, 'SASL PLAIN authentication failed'],
    ['network', 'LibrdKafkaError < Error', 'broker transport failure', { code: -195, errno: -195, origin: 'local' }],
    ['external_service', 'LibrdKafkaError < Error', 'unknown topic', { code: 3, origin: 'kafka' }],
    ['external_service', 'Error', missing, { code: 404, classId: 50, methodId: 10 }],
    [
      'external_service',
      'Error',
      'Operation failed: QueueDeclare; 406 (PRECONDITION-FAILED) with message "x"',
      { code: 406, classId: 50, methodId: 10 },
    ],
    ['authentication', 'Error', 'Handshake terminated by server: 403 (ACCESS-REFUSED) with message "x"'],
    ['network', 'NatsError < Error', 'TIMEOUT', { code: 'TIMEOUT' }],
    ['authentication', 'NatsError < Error', 'no', { code: 'AUTHORIZATION_VIOLATION' }],
    ['external_service', 'NatsError < Error', '503', { code: '503' }],
    ['authentication', 'ErrorWithReasonCode < Error', 'Connection refused: Not authorized', { code: 5 }],
  ]);
});

describe('mails', () => {
  expectCases([
    [
      'authentication',
      'Error',
      'Invalid login: 535 Authentication failed',
      { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' },
    ],
    [
      'external_service',
      'Error',
      "Can't send mail - all recipients were rejected",
      { code: 'EENVELOPE', responseCode: 550 },
    ],
    ['validation', 'Error', 'No recipients defined', { code: 'EENVELOPE' }],
    ['external_service', 'Error', 'Message failed: 552 too big', { code: 'EMESSAGE', responseCode: 552 }],
    ['network', 'Error', 'Connection timeout', { code: 'ETIMEDOUT', command: 'CONN' }],
    ['network', 'Error', 'socket', { code: 'ESOCKET', command: 'CONN' }],
  ]);
});

describe('databases', () => {
  const elastic = 'ResponseError < ElasticsearchClientError < Error';
  expectCases([
    ['database', elastic, 'index_not_found_exception\n\tRoot causes:', { meta: { statusCode: 404 } }],
    ['database', 'Error', 'index_not_found_exception', { name: 'ResponseError', statusCode: 404, meta: {} }],
    ['authentication', elastic, 'security_exception\n\tRoot causes:'],
    ['database', 'ConnectionError < OpenSearchClientError < Error', 'connect ECONNREFUSED'],
    ['database', 'Error', 'ORA-00001: unique constraint (A.B) violated', { errorNum: 1, offset: 0 }],
    ['database', 'Error', 'NJS-040: connection request timeout'],
    ['authentication', 'Error', 'ORA-01017: invalid username/password; logon denied', { errorNum: 1017 }],
    ['unknown', 'Error', 'the order ORA-00001 is late'],
    ['database', 'Error', "Duplicate entry 'a' for key 'x'", { code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' }],
    ['authentication', 'Error', 'Access denied', { code: 'ER_ACCESS_DENIED_ERROR', errno: 1045, sqlState: '28000' }],
    ['database', 'MongoServerError < MongoError < Error', 'E11000 duplicate key error', { code: 11_000, index: 0 }],
    [
      'authentication',
      'MongoServerError < MongoError < Error',
      'Authentication failed.',
      { code: 18, codeName: 'AuthenticationFailed' },
    ],
    ['authentication', 'MongoServerError < MongoError < Error', 'bad auth : authentication failed', { code: 8000 }],
    ['database', 'MongoServerSelectionError < MongoSystemError < MongoError < Error', 'connect timed out'],
    [
      'database',
      'PrismaClientKnownRequestError < Error',
      'Unique constraint failed',
      { code: 'P2002', clientVersion: '6' },
    ],
    ['authentication', 'PrismaClientInitializationError < Error', 'Authentication failed', { errorCode: 'P1000' }],
    [
      'database',
      'ConnectionRefusedError < ConnectionError < BaseError < Error',
      'refused',
      { name: 'SequelizeConnectionRefusedError' },
    ],
    ['database', 'EntityMetadataNotFoundError < TypeORMError < Error', 'No metadata for "Order" was found.'],
    ['database', 'UniqueViolationError < ConstraintViolationError < DBError < Error', 'insert'],
    [
      'database',
      'TableNotFoundException < DatabaseObjectNotFoundException < ServerException < DriverException < Error',
      'x',
    ],
    ['database', 'RequestError < MSSQLError < Error', 'Violation of UNIQUE KEY', { code: 'EREQUEST', number: 2627 }],
    ['authentication', 'Neo4jError < Error', 'no', { code: 'Neo.ClientError.Security.Unauthorized' }],
    ['database', 'PostgrestError < Error', 'no rows', { code: 'PGRST116', details: 'x' }],
  ]);
});

describe('servers', () => {
  expectCases([
    ['validation', 'GraphQLError < Error', 'Cannot query field "totl" on type "Order".'],
    ['business_logic', 'GraphQLError < Error', 'the order was paid already'],
    ['business_logic', 'TRPCError < Error', 'no order', { code: 'NOT_FOUND' }],
    ['authentication', 'TRPCError < Error', 'no', { code: 'UNAUTHORIZED' }],
    ['unknown', 'TRPCError < Error', 'failed', { code: 'INTERNAL_SERVER_ERROR' }],
    ['validation', 'MulterError < Error', 'Unexpected field', { code: 'LIMIT_UNEXPECTED_FILE' }],
    ['validation', 'FormidableError < Error', 'options.maxFileSize exceeded', { code: 1009, httpCode: 413 }],
    ['business_logic', 'ConnectError < Error', '[not_found] no order', { code: 5, rawMessage: 'no order' }],
    ['validation', 'UserInputError < GraphQLError < Error', 'no amount'],
  ]);
});

describe('a status of what a package threw', () => {
  const thrownBy = (path: string) =>
    classifier.classify(capturedOf(errorFacts({ status: 404, frames: [packageFrame(path)] })));

  test('is the answer of the service that it is the client of', () => {
    expect(thrownBy('superagent/lib/node/index.js')).toEqual({ category: 'external_service', rule: 'status.answered' });
  });

  test('says nothing where it is the client of a database', () => {
    expect(thrownBy('couchbase/dist/bindingutilities.js').category).toBe('database');
  });

  test('is the application’s where it is a framework', () => {
    expect(thrownBy('router/index.js')).toEqual({ category: 'business_logic', rule: 'status.own' });
  });
});

test('what somebody gave up on is no failure of the service', () => {
  const canceled = { type: 'CanceledError', classes: ['CanceledError', 'AxiosError', 'Error'], code: 'ERR_CANCELED' };
  const frames = [packageFrame('axios/dist/node/axios.cjs')];
  expect(classifier.classify(capturedOf({ ...canceled, message: 'canceled', frames })).category).toBe('unknown');
});
