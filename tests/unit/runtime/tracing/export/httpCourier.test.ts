import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../../../../runtime/src/core/timeoutError.ts';
import type { Verdict } from '../../../../../runtime/src/tracing/export/courier.ts';
import type { HttpAnswer } from '../../../../../runtime/src/tracing/export/httpClient.ts';
import { HttpCourier } from '../../../../../runtime/src/tracing/export/httpCourier.ts';
import { systemError } from './fakeNetwork.ts';

const destination = 'http://collector/api/traces';
const answer: HttpAnswer = { status: 202, retryAfterMillis: undefined, body: Buffer.from('fine') };

function carry(result: HttpAnswer | Error, signal = new AbortController().signal): Promise<Verdict> {
  const post = (): Promise<HttpAnswer> => (result instanceof Error ? Promise.reject(result) : Promise.resolve(result));
  return new HttpCourier(destination, { post, close: () => undefined }).carry(new Uint8Array(), signal);
}

describe('an answer', () => {
  it.each([200, 202, 204, 299])('of status %i is one that takes the request', async (status) => {
    expect(await carry({ ...answer, status })).toEqual({ kind: 'taken', answer: Buffer.from('fine') });
  });

  it.each([429, 502, 503, 504])('of status %i asks to come again', async (status) => {
    expect(await carry({ ...answer, status })).toMatchObject({ kind: 'later', error: { status } });
    expect(await carry({ ...answer, status })).not.toHaveProperty('afterMillis');
    expect(await carry({ ...answer, status, retryAfterMillis: 3000 })).toMatchObject({ afterMillis: 3000 });
  });

  it('of status 413 asks for less at once', async () => {
    expect(await carry({ ...answer, status: 413 })).toMatchObject({ kind: 'tooLarge', error: { status: 413 } });
  });

  it.each([
    [400, 'http://collector/api/traces answered 400: fine'],
    [401, 'http://collector/api/traces answered 401: fine; check the credentials'],
    [404, "http://collector/api/traces answered 404: fine; check the URL's path"],
    [302, 'http://collector/api/traces answered 302: fine'],
    [500, 'http://collector/api/traces answered 500: fine'],
  ])('of status %i is a refusal', async (status, message) => {
    expect(await carry({ ...answer, status })).toMatchObject({ kind: 'refused', error: { status, message } });
  });

  it('is told in 200 characters of one line, without control and invisible characters', async () => {
    const body = Buffer.from(`a\u0000\u001b[31m\r\nb\u2028\u202e${'☕'.repeat(300)}`);
    const verdict = await carry({ ...answer, status: 400, body });
    expect(verdict).toMatchObject({ error: { excerpt: `a [31m b ${'☕'.repeat(191)}` } });
  });

  it('without a body is told by its status', async () => {
    const verdict = await carry({ ...answer, status: 400, body: Buffer.alloc(0) });
    expect(verdict).toMatchObject({ error: { message: 'http://collector/api/traces answered 400' } });
  });
});

describe('no answer', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH'])(
    'for %s asks to come again',
    async (code) => {
      const message = `http://collector/api/traces could not be reached: ${code} of a test`;
      expect(await carry(systemError(code))).toMatchObject({ kind: 'later', error: { code, message } });
    },
  );

  it('in time asks to come again', async () => {
    const message = 'http://collector/api/traces could not be reached: the answer took longer than 10 ms';
    expect(await carry(new TimeoutError('the answer', 10))).toMatchObject({ kind: 'later', error: { message } });
  });

  it('because the signal was aborted is none', async () => {
    expect(await carry(new Error('aborted'), AbortSignal.abort())).toMatchObject({ kind: 'later' });
  });

  it('for a certificate that is not trusted is a refusal', async () => {
    expect(await carry(systemError('DEPTH_ZERO_SELF_SIGNED_CERT'))).toMatchObject({ kind: 'refused' });
  });

  it('for something that is not HTTP is a refusal', async () => {
    expect(await carry(systemError('HPE_INVALID_CONSTANT'))).toMatchObject({
      kind: 'refused',
      error: {
        message:
          'http://collector/api/traces could not be reached: it does not speak HTTP (HPE_INVALID_CONSTANT of a test)',
      },
    });
  });
});
