import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConfigurationError } from '../../../runtime/src/core/configurationError.ts';
import { TextRedactor } from '../../../runtime/src/core/textRedactor.ts';
import { ParsedSourceMap } from '../../../runtime/src/errors/capture/parsedSourceMap.ts';
import { sourceMapAddress } from '../../../runtime/src/errors/capture/sourceMapAddress.ts';
import { parseStack } from '../../../runtime/src/errors/capture/stackParser.ts';
import { exportErrors } from '../../../runtime/src/export/exportErrors.ts';
import { exportRequests } from '../../../runtime/src/export/exportRequests.ts';
import { ErrorTracker } from '../../../runtime/src/errors/errorTracker.ts';
import { InvalidCursorError } from '../../../runtime/src/core/query/invalidCursorError.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';
import { extractContext } from '../../../runtime/src/tracing/context/extractContext.ts';
import { parseTracingConfig } from '../../../runtime/src/tracing/configuration/parseTracingConfig.ts';
import { readTracingSources } from '../../../runtime/src/tracing/configuration/readTracingSources.ts';
import { loadOtlpSerializer } from '../../../runtime/src/tracing/export/adapters/loadOtlpSerializer.ts';
import { parseRetryAfter } from '../../../runtime/src/tracing/export/adapters/parseRetryAfter.ts';
import { otlpFormat } from '../../../runtime/src/tracing/export/otlpFormat.ts';
import { printableExcerpt } from '../../../runtime/src/tracing/export/printableExcerpt.ts';
import { parseCrashRecord } from '../../../runtime/src/tracing/lifecycle/crashRecord.ts';
import { parseSamplingStrategy } from '../../../runtime/src/tracing/sampling/parseSamplingStrategy.ts';
import { SamplingStrategyError } from '../../../runtime/src/tracing/sampling/samplingStrategyError.ts';
import { FakeHost } from '../../support/fakeHost.ts';
import { fuzz, fuzzText } from '../../support/fuzzParser.ts';
import { anyValue, damagedValue, hostileText, SECRET } from '../../support/hostileArbitraries.ts';
import { fakeMachine } from '../runtime/performance/system/fakeMachine.ts';

it('any carrier has a context', async () => {
  await fuzz([null, undefined, 1, 'x'], anyValue, extractContext);
  await fuzzText([`00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, 'a=b;c=d,e=%20f'], (text) =>
    extractContext({ traceparent: text, tracestate: text, baggage: text, 'uber-trace-id': text, b3: text }),
  );
});

it('an answer of a sampling endpoint is a strategy, or refused as none', async () => {
  const answers = [
    '{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.5}}',
    '{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":2},"operationSampling":{"defaultLowerBoundTracesPerSecond":1,"perOperationStrategies":[]}}',
  ];
  await fuzzText(answers, parseSamplingStrategy, { throws: [SamplingStrategyError] });
});

it("a file of a stack's outputs is taken, or refused without what stands in it", async () => {
  const sound = JSON.stringify({ namespace: 'tracing', agent: { host: 'h' }, environment: { OTEL_SERVICE_NAME: 'a' } });
  const parse = (text: string): unknown =>
    parseTracingConfig(
      readTracingSources({ serviceName: 'a', stackOutputs: 'o.json' }, { environment: {}, readTextFile: () => text }),
    );
  await fuzzText([sound], parse, { throws: [ConfigurationError], mayQuote: false });
});

it('variables give a configuration, or all that is wrong with them is told without a password', async () => {
  const secret = ['OTEL_EXPORTER_OTLP_HEADERS', 'JAEGER_PASSWORD'];
  const open = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_RESOURCE_ATTRIBUTES', 'OTEL_TRACES_SAMPLER_ARG', 'JAEGER_TAGS'];
  for (const name of [...secret, ...open]) {
    const parse = (text: string): unknown =>
      parseTracingConfig({ options: { serviceName: 'a' }, environment: { [name]: text }, stackOutputs: undefined });
    const promise = { throws: [ConfigurationError], mayQuote: open.includes(name), runs: 5 };
    await fuzzText([`a=${SECRET}`, 'http://a/b'], parse, promise);
  }
});

it('an answer of an OTLP endpoint says how many spans it rejects, or nothing', async () => {
  const format = otlpFormat(loadOtlpSerializer());
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    hostileText.map((text) => Buffer.from(text)),
  );
  await fuzz<Uint8Array>([new Uint8Array(), Buffer.from([10, 4, 8, 2, 18, 0])], bytes, (answer) => {
    const rejected = format.rejectedIn(answer);
    if (rejected !== undefined) expect(rejected.spanCount).toBeGreaterThan(0);
  });
});

it('what a collector answers beside is waited for or shown, whatever it is', async () => {
  await fuzzText(['120', 'Fri, 31 Dec 2027 23:59:59 GMT'], (text) => {
    const millis = parseRetryAfter(text, text);
    if (millis !== undefined) expect(millis).toBeGreaterThanOrEqual(0);
  });
  await fuzzText(['bad request'], (text) => expect(printableExcerpt(text)).not.toMatch(/[\p{Cc}]/u));
});

it('a record of a crash is read, or is as good as none', async () => {
  const facts = { serviceName: 'a', pid: 1, threadId: 0, atMillis: 1, type: 'Error', message: 'm', stacktrace: 's' };
  const record = { version: 1, ...facts, origin: 'uncaughtException', pendingSpans: 0 };
  await fuzzText([JSON.stringify(record)], parseCrashRecord);
});

it('a stack has frames, and a file may say where its map is', async () => {
  const clean = (text: string, most: number): string => text.slice(0, most);
  const stack =
    'Error: no\n    at async Shop.buy (file:///app/a.js:1:2)\n    at eval (eval at x (/a.js:1:1), <anonymous>:1:1)';
  await fuzzText([stack], (text) => {
    expect(parseStack(text, { workingDirectory: '/app/', clean }).length).toBeLessThanOrEqual(50);
  });
  await fuzzText(['a()\n//# sourceMappingURL=a.js.map', '//# sourceMappingURL=data:application/json,{}'], (text) =>
    sourceMapAddress('/app/a.js', text),
  );
});

it('a source map is asked, or refused with what is wrong with it', async () => {
  const map = { version: 3, sources: ['a.ts'], names: ['x'], mappings: 'AAAAA;AACA', sourcesContent: ['a'] };
  const indexed = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map }] };
  await fuzzText([JSON.stringify(map), JSON.stringify(indexed)], (json) => new ParsedSourceMap(json).originOf(1, 1), {
    throws: [/^(the map|a section of the map)/, /^(the map is|a section)/],
  });
});

it('rules of the application are taken, or refused by what is wrong with them', async () => {
  const rule = { name: 'customer', pattern: /c-\d+/g, replace: 'x' };
  await fuzz<unknown>(
    [rule, {}, null],
    damagedValue([rule], anyValue),
    (value) => new TextRedactor({ rules: [value as typeof rule] }).redact('customer c-12'),
    { throws: [ConfigurationError] },
  );
});

it('what an export is asked for is done, or refused', async () => {
  const host = new FakeHost();
  const requests = new RequestTracker({}, { host });
  requests.start({ operation: 'a' }).process();
  const { groups } = new ErrorTracker({ uncaught: false }, { host, workingDirectory: '/app' });
  const start = { format: 'csv', cursor: 'x' } as const;
  const promise = {
    throws: [ConfigurationError, InvalidCursorError, /^(\S+ is|a filter has|an export has) [^]*; allowed: /],
  };
  const ofRequests = { ...start, filter: { operation: 'a' } };
  await fuzz<unknown>(
    [start],
    damagedValue([ofRequests], anyValue),
    (value) => {
      exportRequests(requests, { ...Object(value) } as typeof ofRequests);
    },
    promise,
  );
  await fuzz<unknown>(
    [start],
    damagedValue([start], anyValue),
    (value) => {
      exportErrors(groups, { ...Object(value) } as typeof start);
    },
    promise,
  );
});

it('files of the kernel give readings or gaps', async () => {
  const sound = '254 0 vda 1 0 600 1 0 0 0 0 0 0 0\nMemTotal: 1 kB\ninactive_file 1\n50000 100000\n';
  await fuzzText(
    [sound],
    async (text) => {
      const { reader, files } = fakeMachine();
      for (const path of Object.keys(files)) files[path] = text;
      const { readings } = await reader.read(10_000);
      expect(readings.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
    },
    { runs: 50 },
  );
});

it('whatever is thrown is captured', async () => {
  const host = new FakeHost();
  const told: unknown[] = [];
  const ports = { host, workingDirectory: '/app', onError: (error: Error) => void told.push(error) };
  const errors = new ErrorTracker({ uncaught: false, maxTimeShare: 1 }, ports);
  await fuzz<unknown>([new Error('a'), null], fc.oneof(anyValue, hostileText), (value) => {
    const receipt = errors.capture(value);
    expect([told, receipt?.groupId]).toEqual([[], expect.any(String)]);
    host.advance(1_000);
  });
});
