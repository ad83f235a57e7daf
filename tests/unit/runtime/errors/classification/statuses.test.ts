import { describe, expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import { RequestFailedError } from '../../../../../runtime/src/errors/requestFailedError.ts';
import { capturedOf } from './captured.ts';

const classifier = new ErrorClassifier();

describe('a status that the application is to answer', () => {
  test.each([
    [400, 'validation'],
    [401, 'authentication'],
    [403, 'authentication'],
    [404, 'business_logic'],
    [405, 'validation'],
    [408, 'network'],
    [409, 'business_logic'],
    [413, 'validation'],
    [422, 'validation'],
    [424, 'external_service'],
    [429, 'business_logic'],
    [502, 'external_service'],
    [503, 'system'],
    [504, 'external_service'],
  ])('%d is %s', (status, category) => {
    expect(classifier.classify(capturedOf({ status }))).toEqual({ category, rule: 'status.own' });
  });

  test.each([200, 304, 399, 418, 500, 599])('%d tells nothing', (status) => {
    expect(classifier.classify(capturedOf({ status }))).toEqual({ category: 'unknown', rule: 'none' });
  });

  test('is told by the class of http-errors, where the object has none', () => {
    const conflict = { type: 'ConflictError', classes: ['ConflictError', 'HttpError', 'Error'] };
    expect(classifier.classify(capturedOf(conflict))).toEqual({ category: 'business_logic', rule: 'status.own' });
    const failure = { type: 'InternalServerError', classes: ['InternalServerError', 'HttpError', 'Error'] };
    expect(classifier.classify(capturedOf(failure)).category).toBe('unknown');
  });

  test('of a framework’s class that tells nothing does not make it a class of the application’s', () => {
    const teapot = { type: 'ImATeapotError', classes: ['ImATeapotError', 'HttpError', 'Error'], status: 418 };
    expect(classifier.classify(capturedOf(teapot))).toEqual({ category: 'unknown', rule: 'none' });
  });

  test.each([
    [500, 'unknown'],
    [503, 'system'],
  ])('is that of a request that failed with %d, whatever its message says', (status, category) => {
    const { name: type, message } = new RequestFailedError('POST /orders', String(status));
    const failed = capturedOf({ type, classes: [type, 'Error'], message, status }, { request: { status } });
    expect(classifier.classify(failed).category).toBe(category);
  });

  test('stays the application’s where the request was answered with it', () => {
    const error = { type: 'ApiError', status: 409 };
    expect(classifier.classify(capturedOf(error, { request: { status: 409 } })).category).toBe('business_logic');
  });
});

describe("a status that is another's answer", () => {
  const answered = { rule: 'status.answered' };

  test('is known by the address that was asked', () => {
    const error = { type: 'ChargeError', status: 404, properties: { url: 'http://payments/charges' } };
    expect(classifier.classify(capturedOf(error))).toEqual({ category: 'external_service', ...answered });
    expect(classifier.classify(capturedOf({ ...error, status: 403 }))).toEqual({
      category: 'authentication',
      ...answered,
    });
  });

  test('is known by another status that the request was answered with', () => {
    const request = { status: 502 };
    expect(classifier.classify(capturedOf({ status: 404 }, { request })).category).toBe('external_service');
  });

  test('is not another’s where the error says whether it may be shown, as those of http-errors do', () => {
    const error = { status: 404, properties: { expose: true, url: '/orders/1' } };
    expect(classifier.classify(capturedOf(error, { request: { status: 500 } })).category).toBe('business_logic');
  });

  test.each([
    ['payments answered 503 Service Unavailable', 'external_service'],
    ['Request failed with status code 500', 'external_service'],
    ['HTTP 429', 'external_service'],
    ['HTTP/1.1 502 Bad Gateway', 'unknown'],
    ['Unexpected server response: 401', 'authentication'],
    ['404 Not Found', 'external_service'],
    ['400 items are too many', 'unknown'],
    ['deleted 404 rows', 'unknown'],
    ['order 500 failed', 'unknown'],
    ['404 users were skipped', 'unknown'],
    ['500 orders could not be shipped', 'unknown'],
    ['423 locked accounts were left out', 'unknown'],
    ['450', 'unknown'],
    ['job failed: 450 left', 'unknown'],
    ['the import failed with 450 left', 'unknown'],
    ['the query returned 450 orders', 'unknown'],
    ['the meter returned 450.5', 'unknown'],
    ['order 404 not found', 'unknown'],
    ['503 Service Unavailable', 'external_service'],
    ['500 Internal server error', 'external_service'],
    ['404 page not found', 'external_service'],
    ['GET /stock: 403 Forbidden', 'authentication'],
    ['payments (502 Bad Gateway)', 'external_service'],
    ['payments returned 500', 'external_service'],
    ['payments responded with 404 for POST /charges', 'external_service'],
    ['failed with 503.', 'external_service'],
    ['payments answered 429, try later', 'external_service'],
  ])('%j in the message is %s', (message, category) => {
    expect(classifier.classify(capturedOf({ message })).category).toBe(category);
  });
});
