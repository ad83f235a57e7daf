// @spec S2.6
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { StackContextManager } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import {
  JaegerRemoteSampler,
  type JaegerRemoteSamplerParts,
} from '../../../../../runtime/src/tracing/sampling/jaegerRemoteSampler.ts';
import { SamplingPollError } from '../../../../../runtime/src/tracing/sampling/samplingPollError.ts';
import { settle } from '../../../../support/fakeHost.ts';
import { HIGHEST_ID, LOWEST_ID } from '../../../../support/extremeTraceIds.ts';
import { answers, FakeStrategyServer, tags, tagsOf } from './samplingFixtures.ts';

function setUp(changed: Partial<JaegerRemoteSamplerParts> = {}) {
  const server = new FakeStrategyServer();
  const errors: Error[] = [];
  const sampler = new JaegerRemoteSampler({
    url: 'http://localhost:5778/sampling',
    serviceName: 'shop',
    pollingIntervalMillis: 60_000,
    initialSampleRatio: 0.5,
    onError: (error) => errors.push(error),
    ports: server.ports,
    ...changed,
  });
  /** Moves the clock and lets what was answered arrive. */
  const advance = async (millis: number): Promise<void> => {
    server.host.advance(millis);
    await settle();
  };
  /** Starts, and lets the first answer arrive. */
  const start = async (): Promise<void> => {
    sampler.start();
    await settle();
  };
  return { server, errors, sampler, advance, start };
}

describe('JaegerRemoteSampler', () => {
  it('samples the initial share until the first answer', async () => {
    const { server, sampler, start } = setUp();
    server.answer = () => new Promise(() => undefined);
    await start();
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.probabilistic(0.5));
    expect(tagsOf(sampler, HIGHEST_ID)).toBeUndefined();
    expect(sampler.toString()).toBe(
      'JaegerRemoteSampler{http://localhost:5778/sampling, no answer yet, ProbabilisticSampler{0.5}}',
    );
  });

  it('asks nobody before it is started', () => {
    const { server } = setUp();
    server.host.advance(600_000);
    expect(server.requests).toEqual([]);
  });

  it('asks at once, and then at every interval', async () => {
    const { server, sampler, start, advance } = setUp();
    server.serve(answers.share(1));
    await start();
    expect(server.requests.map(({ url }) => url)).toEqual(['http://localhost:5778/sampling?service=shop']);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
    expect(sampler.toString()).toBe('JaegerRemoteSampler{http://localhost:5778/sampling, ProbabilisticSampler{1}}');
    server.serve(answers.share(0));
    await advance(59_999);
    expect(server.requests).toHaveLength(1);
    await advance(1);
    expect(server.requests).toHaveLength(2);
    expect(tagsOf(sampler, LOWEST_ID)).toBeUndefined();
  });

  it.each([
    [0, 54_000],
    [0.5, 60_000],
    [0.75, 63_000],
  ])('with %d as random number waits %d ms', async (random, delay) => {
    const { server, start, advance } = setUp();
    server.random = random;
    server.serve(answers.share(1));
    await start();
    await advance(delay - 1);
    expect(server.requests).toHaveLength(1);
    await advance(1);
    expect(server.requests).toHaveLength(2);
  });

  it('asks sooner while it never had an answer', async () => {
    const { server, sampler, start, advance } = setUp();
    await start();
    for (const delay of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      const before = server.requests.length;
      await advance(delay - 1);
      expect(server.requests).toHaveLength(before);
      await advance(1);
      expect(server.requests).toHaveLength(before + 1);
    }
    server.serve(answers.share(1));
    await advance(60_000);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
  });

  it('never asks more often than it was told to, not even then', async () => {
    const { server, start, advance } = setUp({ pollingIntervalMillis: 100 });
    await start();
    await advance(100);
    await advance(100);
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['a b&c=d/ü?#+%', 'http://localhost:5778/sampling?service=a+b%26c%3Dd%2F%C3%BC%3F%23%2B%25'],
    ['', 'http://localhost:5778/sampling?service='],
  ])('encodes the service name %j', async (serviceName, url) => {
    const { server, start } = setUp({ serviceName });
    await start();
    expect(server.requests[0]?.url).toBe(url);
  });

  it("keeps the URL's own query, and asks for one service only", async () => {
    const { server, start } = setUp({ url: 'https://jaeger/api/sampling?tenant=a&service=other' });
    await start();
    expect(server.requests[0]?.url).toBe('https://jaeger/api/sampling?tenant=a&service=shop');
  });

  it('tells nobody the credentials or the query of its URL', async () => {
    const { sampler, errors, start } = setUp({ url: 'https://me:secret@jaeger/sampling?key=secret' });
    await start();
    expect(`${sampler.toString()} ${String(errors[0])}`).not.toMatch(/secret|me:/);
  });

  it('asks without being traced, whatever is going on around it', async () => {
    context.setGlobalContextManager(new StackContextManager().enable());
    const { server, sampler } = setUp();
    const key = Symbol('of the application');
    const seen: unknown[] = [];
    server.answer = () => {
      seen.push(isTracingSuppressed(context.active()), context.active().getValue(key));
      return Promise.resolve({ status: 200, body: '' });
    };
    context.with(ROOT_CONTEXT.setValue(key, 'value'), () => sampler.start());
    await settle();
    expect(seen).toEqual([true, undefined]);
  });
  afterEach(() => context.disable());

  it('asks with bounds of size and time, and lets go of a request that takes too long', async () => {
    const { server, sampler, errors, start, advance } = setUp();
    server.answer = () => new Promise(() => undefined);
    await start();
    expect(server.requests[0]?.maxBodyBytes).toBe(4_194_304);
    await advance(9999);
    expect(server.requests[0]?.signal.aborted).toBe(false);
    await advance(1);
    expect(server.requests[0]?.signal.aborted).toBe(true);
    expect(errors.map(({ message }) => message)).toEqual([
      'no sampling strategy of "shop" from http://localhost:5778/sampling; ProbabilisticSampler{0.5} stays in force: ' +
        'the question for the sampling strategy took longer than 10000 ms',
    ]);
    server.serve(answers.share(1));
    await advance(1000);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
  });
});

describe('JaegerRemoteSampler keeps the last good strategy', () => {
  it.each([
    ['nobody answers', undefined, 'nobody there'],
    ['the server fails', [500, 'collector error: gone\n'], 'status 500: "collector error: gone"'],
    ['the server points elsewhere', [302, ''], 'status 302: ""'],
    ['the answer is garbage', [200, '<html>'], 'the answer is "<html>"; allowed: JSON'],
    [
      'the share is above 1',
      [200, JSON.stringify(answers.share(50))],
      'probabilisticSampling.samplingRate is 50; allowed: a number from 0 to 1',
    ],
  ] as const)('when %s, and says so', async (_what, answer, reason) => {
    const { server, sampler, errors, start, advance } = setUp();
    server.serve(answers.rate(1));
    await start();
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.rateLimiting(1));
    server.answer = () =>
      answer === undefined
        ? Promise.reject(new Error('nobody there'))
        : Promise.resolve({ status: answer[0], body: answer[1] });
    await advance(60_000);
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.rateLimiting(1));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(SamplingPollError);
    expect(errors[0]).toMatchObject({
      serviceName: 'shop',
      url: 'http://localhost:5778/sampling',
      failures: 1,
      inForce: 'RateLimitingSampler{1}',
      message:
        'no sampling strategy of "shop" from http://localhost:5778/sampling; RateLimitingSampler{1} stays in force: ' +
        reason,
    });
  });

  it('says so once, and then every ten minutes with the number of times', async () => {
    const { server, errors, start, advance } = setUp();
    server.serve(answers.share(1));
    await start();
    server.answer = () => Promise.reject(new Error('gone'));
    for (let minute = 0; minute < 25; minute += 1) await advance(60_000);
    expect(errors.map((error) => (error instanceof SamplingPollError ? error.failures : undefined))).toEqual([
      1, 11, 21,
    ]);
    expect(errors[1]?.message).toContain('/sampling (11 times in a row); ');
  });

  it('counts anew after an answer', async () => {
    const { server, errors, start, advance } = setUp();
    await start();
    server.serve(answers.share(1));
    await advance(1000);
    server.answer = () => Promise.reject(new Error('gone'));
    for (let minute = 0; minute < 10; minute += 1) await advance(60_000);
    expect(errors.map((error) => (error instanceof SamplingPollError ? error.failures : undefined))).toEqual([1, 10]);
  });

  it('goes on when whoever is told throws', async () => {
    const { server, sampler, start, advance } = setUp({
      onError: () => {
        throw new Error('of the application');
      },
    });
    await start();
    server.serve(answers.share(1));
    await advance(1000);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
  });

  it('goes on when a request fails before it begins', async () => {
    const { server, sampler, errors, start, advance } = setUp();
    server.answer = () => {
      throw new TypeError('no such protocol');
    };
    await start();
    expect(errors[0]?.message).toContain('no such protocol');
    server.serve(answers.share(1));
    await advance(1000);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
  });
});

describe('A strategy that comes anew', () => {
  it('leaves the balance of a rate that is the same', async () => {
    const { server, sampler, start, advance } = setUp({ pollingIntervalMillis: 100 });
    server.serve(answers.rate(2));
    await start();
    expect([tagsOf(sampler, LOWEST_ID), tagsOf(sampler, LOWEST_ID)]).toEqual([
      tags.rateLimiting(2),
      tags.rateLimiting(2),
    ]);
    await advance(100);
    expect(server.requests).toHaveLength(2);
    expect(tagsOf(sampler, LOWEST_ID)).toBeUndefined();
  });

  it('changes a rate without giving a burst', async () => {
    const { server, sampler, start, advance } = setUp({ pollingIntervalMillis: 100 });
    server.serve(answers.rate(1));
    await start();
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.rateLimiting(1));
    server.serve(answers.rate(100));
    await advance(100);
    const sampled = Array.from({ length: 200 }, () => tagsOf(sampler, LOWEST_ID)).filter(
      (found) => found !== undefined,
    );
    expect(sampled).toEqual(Array.from({ length: 10 }, () => tags.rateLimiting(100)));
  });

  it('leaves the balance of a rate where operations come beside it, and where they go', async () => {
    const { server, sampler, start, advance } = setUp({ pollingIntervalMillis: 100 });
    const { operationSampling } = answers.operations(0.001, { 'GET /health': 1 });
    const kinds = [answers.rate(2), { ...answers.rate(2), operationSampling }, answers.rate(2)];
    server.serve(answers.rate(2));
    await start();
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.rateLimiting(2));
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.rateLimiting(2));
    for (const kind of kinds) {
      server.serve(kind);
      await advance(100);
      expect(tagsOf(sampler, LOWEST_ID)).toBeUndefined();
    }
    await advance(200);
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.rateLimiting(2));
  });

  it('leaves what operations have used of their lower bound', async () => {
    const { server, sampler, start, advance } = setUp();
    server.serve(answers.operations(0, { 'GET /': 0 }, 0.001));
    await start();
    const ask = () => ['GET /', 'other'].map((name) => tagsOf(sampler, HIGHEST_ID, name));
    expect(ask()).toEqual([tags.lowerBound(0), tags.lowerBound(0)]);
    server.serve(answers.operations(0, { 'GET /': 0, new: 0 }, 0.001));
    await advance(60_000);
    expect(ask()).toEqual([undefined, undefined]);
    expect(tagsOf(sampler, HIGHEST_ID, 'new')).toEqual(tags.lowerBound(0));
  });

  it('can be of another kind every time', async () => {
    const { server, sampler, start, advance } = setUp();
    server.serve(answers.share(1));
    await start();
    const kinds = [answers.rate(3), answers.operations(0, { 'GET /': 1 }), answers.share(0.5)];
    const seen: unknown[] = [];
    for (const kind of kinds) {
      server.serve(kind);
      await advance(60_000);
      seen.push(tagsOf(sampler, LOWEST_ID));
    }
    expect(seen).toEqual([tags.rateLimiting(3), tags.probabilistic(1), tags.probabilistic(0.5)]);
  });
});

describe('Starting and stopping a JaegerRemoteSampler', () => {
  it('twice is the same as once', async () => {
    const { server, sampler, start, advance } = setUp();
    server.serve(answers.share(1));
    await start();
    await start();
    expect(server.requests).toHaveLength(1);
    sampler.stop();
    sampler.stop();
    await advance(600_000);
    expect(server.requests).toHaveLength(1);
    expect(server.host.timerCount).toBe(0);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
  });

  it('drops a question that waits for its answer', async () => {
    const { server, sampler, errors, start, advance } = setUp();
    let answerLate: () => void = () => undefined;
    server.answer = () =>
      new Promise((resolve) => {
        answerLate = () => resolve({ status: 200, body: JSON.stringify(answers.share(1)) });
      });
    await start();
    sampler.stop();
    expect(server.requests[0]?.signal.aborted).toBe(true);
    answerLate();
    await settle();
    await advance(60_000);
    expect(tagsOf(sampler, HIGHEST_ID)).toBeUndefined();
    expect([errors, server.requests.length, server.host.timerCount]).toEqual([[], 1, 0]);
  });

  it('again asks again', async () => {
    const { server, sampler, start, advance } = setUp();
    server.answer = () => new Promise(() => undefined);
    await start();
    sampler.stop();
    server.serve(answers.share(1));
    await start();
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.probabilistic(1));
    await advance(60_000);
    expect(server.requests).toHaveLength(3);
  });

  it('before it was started does nothing', () => {
    const { server, sampler } = setUp();
    sampler.stop();
    expect(server.requests).toEqual([]);
  });
});
