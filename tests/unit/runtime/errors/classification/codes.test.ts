import { describe, expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { ErrorCategory } from '../../../../../runtime/src/errors/errorCategory.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { capturedOf } from './captured.ts';

const classifier = new ErrorClassifier();

type Case = readonly [code: string, category: ErrorCategory, rule: string, error?: Partial<ErrorFacts>];

function expectCases(cases: readonly Case[]): void {
  const named = cases.map(([code, category, rule, error]) => ({ code, category, rule, error: { ...error, code } }));
  test.each(named)('$code is $category by $rule', ({ category, rule, error }) => {
    expect(classifier.classify(capturedOf(error))).toEqual({ category, rule });
  });
}

const calling = (syscall: string): Partial<ErrorFacts> => ({ properties: { syscall, errno: -13 } });

describe("the operating system's errors", () => {
  expectCases([
    ['ENOENT', 'system', 'system.errno', calling('open')],
    ['EACCES', 'system', 'system.errno', calling('scandir')],
    ['ENOSPC', 'system', 'system.errno', calling('write')],
    ['ECONNREFUSED', 'network', 'system.syscall', calling('connect')],
    ['ECONNRESET', 'network', 'system.errno', calling('read')],
    ['EPIPE', 'network', 'system.errno', calling('write')],
    ['EMSGSIZE', 'network', 'system.syscall', calling('send')],
    ['EADDRINUSE', 'system', 'system.syscall', calling('listen')],
    ['EADDRNOTAVAIL', 'system', 'system.syscall', calling('bind')],
    ['EADDRNOTAVAIL', 'network', 'system.syscall', calling('connect')],
    ['ENOENT', 'network', 'system.syscall', calling('connect')],
    ['ENOENT', 'system', 'system.syscall', calling('spawn git')],
    ['ETIMEDOUT', 'system', 'system.syscall', calling('spawnSync sleep')],
    ['ETIMEDOUT', 'network', 'system.syscall', calling('connect')],
    ['EMFILE', 'system', 'system.errno', calling('connect')],
    ['ESRCH', 'system', 'system.syscall', calling('kill')],
    ['ENOTFOUND', 'network', 'system.syscall', calling('getaddrinfo')],
    ['ESERVFAIL', 'network', 'system.syscall', calling('queryA')],
    ['EAI_AGAIN', 'network', 'network.dns'],
    ['EAI_MEMORY', 'system', 'network.dns'],
    ['1', 'system', 'system.childProcess', { message: 'Command failed: false\n', properties: { killed: false } }],
    ['null', 'system', 'system.childProcess', { properties: { killed: true, signal: 'SIGTERM', cmd: 'sleep 9' } }],
  ]);
});

describe("Node's codes", () => {
  expectCases([
    ['MODULE_NOT_FOUND', 'system', 'system.errno'],
    ['ERR_MODULE_NOT_FOUND', 'system', 'node.code'],
    ['ERR_INVALID_ARG_TYPE', 'system', 'node.code', { type: 'TypeError' }],
    ['ERR_OUT_OF_RANGE', 'system', 'node.code', { type: 'RangeError' }],
    ['ERR_INVALID_URL', 'validation', 'node.code', { type: 'TypeError' }],
    ['ERR_PARSE_ARGS_UNKNOWN_OPTION', 'validation', 'node.code', { type: 'TypeError' }],
    ['ERR_STREAM_PREMATURE_CLOSE', 'system', 'node.code'],
    ['ERR_BUFFER_TOO_LARGE', 'validation', 'node.code', { type: 'RangeError' }],
    ['Z_DATA_ERROR', 'validation', 'node.code', { properties: { errno: -3 } }],
    ['Z_MEM_ERROR', 'system', 'node.code'],
    ['ERR_WORKER_OUT_OF_MEMORY', 'system', 'node.code'],
    ['ERR_HTTP_HEADERS_SENT', 'system', 'node.code'],
    ['ERR_HTTP2_SESSION_ERROR', 'network', 'node.code'],
    ['ERR_HTTP2_INVALID_HEADER_VALUE', 'system', 'node.code'],
    ['HPE_INVALID_CONSTANT', 'network', 'node.code'],
    ['ERR_OSSL_UNSUPPORTED', 'system', 'node.code'],
  ]);
});

describe('certificates and TLS', () => {
  expectCases([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network', 'tls.certificate'],
    ['CERT_HAS_EXPIRED', 'network', 'tls.certificate'],
    ['OUT_OF_MEM', 'system', 'tls.certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network', 'node.code'],
    ['ERR_TLS_INVALID_PROTOCOL_VERSION', 'system', 'node.code'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network', 'node.code'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'authentication', 'tls.clientCertificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'authentication', 'tls.clientCertificate'],
  ]);
});

describe('tokens and OAuth', () => {
  expectCases([
    ['ERR_JWT_EXPIRED', 'authentication', 'token.code', { type: 'JWTExpired' }],
    ['ERR_JWKS_TIMEOUT', 'network', 'token.code'],
    ['ERR_JOSE_GENERIC', 'external_service', 'token.code'],
    ['EBADCSRFTOKEN', 'authentication', 'token.code', { status: 403 }],
    ['OAUTH_JWT_TIMESTAMP_CHECK_FAILED', 'authentication', 'oauth.code'],
    ['OAUTH_TIMEOUT', 'network', 'oauth.code'],
    ['OAUTH_RESPONSE_IS_NOT_JSON', 'external_service', 'oauth.code'],
    ['OAUTH_RESPONSE_BODY_ERROR', 'authentication', 'oauth.error', { properties: { error: 'invalid_grant' } }],
    ['OAUTH_RESPONSE_BODY_ERROR', 'external_service', 'oauth.error', { properties: { error: 'server_error' } }],
    ['OAUTH_RESPONSE_BODY_ERROR', 'authentication', 'oauth.error', { properties: { error: 'quota' }, status: 400 }],
    ['OAUTH_RESPONSE_BODY_ERROR', 'external_service', 'oauth.error', { properties: { error: 'quota' }, status: 500 }],
  ]);
});

describe('web frameworks', () => {
  expectCases([
    ['FST_ERR_VALIDATION', 'validation', 'web.fastify', { status: 400 }],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'validation', 'web.fastify', { status: 415 }],
    ['FST_ERR_NOT_FOUND', 'business_logic', 'web.fastify', { status: 404 }],
    ['FST_JWT_NO_AUTHORIZATION_IN_HEADER', 'authentication', 'web.fastify', { status: 401 }],
    ['FST_ERR_DUPLICATED_ROUTE', 'system', 'web.fastify', { status: 500 }],
    ['LIMIT_FILE_SIZE', 'validation', 'web.upload', { type: 'MulterError' }],
    ['ECONNABORTED', 'network', 'system.errno', { status: 400, properties: { type: 'request.aborted', expose: true } }],
  ]);

  test.each([
    ['entity.too.large', 'validation'],
    ['charset.unsupported', 'validation'],
    ['request.aborted', 'network'],
    ['stream.not.readable', 'system'],
  ])('what reads bodies says %s: %s', (type, category) => {
    const error = { type: 'PayloadTooLargeError', properties: { type } };
    expect(classifier.classify(capturedOf(error))).toEqual({ category, rule: 'web.body' });
  });
});

describe('clients of HTTP', () => {
  expectCases([
    ['UND_ERR_CONNECT_TIMEOUT', 'network', 'http.undici'],
    ['UND_ERR_DESTROYED', 'system', 'http.undici'],
    ['UND_ERR_RESPONSE', 'external_service', 'http.answer', { status: 500 }],
    ['UND_ERR_RESPONSE', 'authentication', 'http.answer', { status: 403 }],
    ['ERR_BAD_RESPONSE', 'external_service', 'http.answer', { type: 'AxiosError', status: 502 }],
    ['ERR_BAD_REQUEST', 'authentication', 'http.answer', { type: 'AxiosError', status: 401 }],
    ['ERR_NETWORK', 'network', 'http.client', { type: 'AxiosError' }],
    ['ECONNREFUSED', 'network', 'system.errno', { type: 'RequestError' }],
    ['404', 'external_service', 'http.answer', { type: 'ApiException' }],
    ['403', 'authentication', 'http.answer', { type: 'ApiException' }],
    ['WS_ERR_INVALID_OPCODE', 'network', 'http.client', { type: 'RangeError' }],
  ]);
});

describe('gRPC', () => {
  const details = (type = 'Error'): Partial<ErrorFacts> => ({ type, properties: { details: 'no' } });
  expectCases([
    ['2', 'external_service', 'grpc.status', details()],
    ['3', 'validation', 'grpc.status', details()],
    ['4', 'network', 'grpc.status', details()],
    ['5', 'business_logic', 'grpc.status', details()],
    ['7', 'authentication', 'grpc.status', details()],
    ['8', 'external_service', 'grpc.status', details()],
    ['9', 'business_logic', 'grpc.status', details()],
    ['14', 'network', 'grpc.status', details()],
    ['16', 'authentication', 'grpc.status', { message: '16 UNAUTHENTICATED: no token' }],
    ['1', 'unknown', 'none', details()],
    ['14', 'unknown', 'none', {}],
    ['17', 'unknown', 'none', details()],
  ]);
});
