import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace';
import type {
  HttpAnswer,
  HttpGetOptions,
  SamplingPorts,
} from '../../../../../runtime/src/tracing/sampling/samplingPorts.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** The tags of a sampled root span, or undefined for one that is not sampled. */
export function tagsOf(sampler: Sampler, traceId: string, spanName = 'GET /'): object | undefined {
  const { decision, attributes } = sampler.shouldSample(ROOT_CONTEXT, traceId, spanName, SpanKind.SERVER, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED ? { ...attributes } : undefined;
}

/** How many of the traces are sampled. */
export function countSampled(sampler: Sampler, traceIds: Iterable<string>, spanName = 'GET /'): number {
  let count = 0;
  for (const traceId of traceIds) if (tagsOf(sampler, traceId, spanName) !== undefined) count += 1;
  return count;
}

/** The tags of a root span, by sampler. */
export const tags = {
  probabilistic: (ratio: number) => ({ 'sampler.type': 'probabilistic', 'sampler.param': ratio }),
  rateLimiting: (rate: number) => ({ 'sampler.type': 'ratelimiting', 'sampler.param': rate }),
  lowerBound: (ratio: number) => ({ 'sampler.type': 'lowerbound', 'sampler.param': ratio }),
};

/** A server of strategies that a test plays. */
export class FakeStrategyServer {
  readonly host = new FakeHost();
  readonly requests: (HttpGetOptions & { readonly url: string })[] = [];
  /** What the next requests get. */
  answer: () => Promise<HttpAnswer> = () => Promise.reject(new Error('nobody there'));
  random = 0.5;

  get ports(): SamplingPorts {
    return {
      monotonicMillis: this.host.monotonicMillis,
      schedule: this.host.schedule,
      random: () => this.random,
      httpGet: (url, options) => {
        this.requests.push({ url, ...options });
        return this.answer();
      },
    };
  }

  /** From now on answers with a strategy. */
  serve(strategy: object): void {
    this.serveText(200, JSON.stringify(strategy));
  }

  serveText(status: number, body: string): void {
    this.answer = () => Promise.resolve({ status, body });
  }
}

/** Answers of Jaeger 1.50. */
export const answers = {
  share: (samplingRate: number) => ({ strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate } }),
  rate: (maxTracesPerSecond: number) => ({
    strategyType: 'RATE_LIMITING',
    rateLimitingSampling: { maxTracesPerSecond },
  }),
  operations: (samplingRate: number, operations: Readonly<Record<string, number>>, lowerBound = 0) => ({
    ...answers.share(samplingRate),
    operationSampling: {
      defaultSamplingProbability: samplingRate,
      defaultLowerBoundTracesPerSecond: lowerBound,
      defaultUpperBoundTracesPerSecond: 0,
      perOperationStrategies: Object.entries(operations).map(([operation, share]) => ({
        operation,
        probabilisticSampling: { samplingRate: share },
      })),
    },
  }),
};
