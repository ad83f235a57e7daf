import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { agentPorts, collectorPorts } from '../../../../infra/jaeger/ports.ts';
import type { SamplingStrategies, ServiceStrategy } from '../../../../infra/jaeger/samplingStrategies.ts';
import { componentOf, isRunningPod } from '../../../kube/podState.ts';
import { requestOnePod } from '../../../kube/requestPod.ts';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';

/** Where strategies are served, by the component that does. */
const servers: Readonly<Record<string, { readonly port: number; readonly path: string }>> = {
  [serviceNames.collector]: { port: collectorPorts.thriftHttp.number, path: '/api/sampling' },
  [serviceNames.agent]: { port: agentPorts.sampling.number, path: '/sampling' },
};

// Nobody's name: what is not listed gets the default.
const unlisted = 'tracewright-validate-unlisted';

/** What every process is told of sampling is what the stack says, by each pod that it may ask. */
export const strategiesServed: Check = {
  id: 'strategies-served',
  component: 'sampling',
  title: 'every collector and agent serves the sampling strategies that are configured',
  run: async ({ deployment, signal }) => {
    const [kube, { sampling }, pods] = await Promise.all([deployment.kube(), deployment.config(), deployment.pods()]);
    const wanted = wantedStrategies(sampling);
    const found = pods.filter(isRunningPod).flatMap((pod) => {
      const server = servers[componentOf(pod)];
      return server === undefined ? [] : [askPod(kube, pod, server, wanted, signal)];
    });
    return Promise.all(found);
  },
};

/**
 * What Jaeger has to serve, by service, and for one that is not listed. It adds the operations of the default to those of a listed service that
 * samples a share, unless that lists the same ones (seen on Jaeger 1.50).
 */
export function wantedStrategies({ default: fallback, services }: SamplingStrategies): Map<string, ServiceStrategy> {
  const inherited = fallback.type === 'probabilistic' ? fallback.operations : [];
  const whole = (strategy: ServiceStrategy): ServiceStrategy => {
    if (strategy.type === 'ratelimiting') return { type: strategy.type, param: strategy.param };
    const { type, param, operations: own } = strategy;
    const others = inherited.filter(({ operation }) => !own.some((each) => each.operation === operation));
    return { type, param, operations: [...own, ...others] };
  };
  return new Map([
    ...services.map((strategy): [string, ServiceStrategy] => [strategy.service, whole(strategy)]),
    [unlisted, fallback],
  ]);
}

async function askPod(
  kube: KubeConfig,
  { metadata }: V1Pod,
  { port, path }: { readonly port: number; readonly path: string },
  wanted: ReadonlyMap<string, ServiceStrategy>,
  signal: AbortSignal,
): Promise<Finding> {
  const { namespace = '', name: pod = '' } = metadata ?? {};
  const subject = `pod ${namespace}/${pod}`;
  try {
    const answers = await Promise.all(
      [...wanted].map(async ([service, strategy]) => {
        const asked = { path: `${path}?service=${encodeURIComponent(service)}`, signal };
        const { status, body } = await requestOnePod(kube, { namespace, pod, port }, asked);
        return { service, strategy, status, served: status === 200 ? parseJson(body) : undefined };
      }),
    );
    return judgeStrategies(subject, answers);
  } catch (error) {
    return { outcome: 'unchecked', subject, expected: 'an answer', ...describeRefusal(error) };
  }
}

/** What a pod answered for one service, and what is configured for it. */
export interface StrategyAnswer {
  readonly service: string;
  readonly strategy: ServiceStrategy;
  readonly status: number;
  readonly served: unknown;
}

/** What a pod's answers mean. */
export function judgeStrategies(subject: string, answers: readonly StrategyAnswer[]): Finding {
  const expected = `what is configured for ${answers.length - 1} services and for all others`;
  const wrong = answers.filter(({ strategy, served }) => !serves(served, strategy));
  const [first] = wrong;
  if (first === undefined) return { outcome: 'ok', subject, expected, found: 'all of it' };
  const whom = first.service === unlisted ? 'services that are not listed' : `service ${first.service}`;
  const what = first.status === 200 ? JSON.stringify(first.served) : `an answer of ${first.status}`;
  const more = wrong.length === 1 ? '' : `; and ${wrong.length - 1} more`;
  return {
    outcome: 'failed',
    subject,
    expected: `${expected}: ${describe(first.strategy)} for ${whom}`,
    found: `${what} for ${whom}${more}`,
    mend: '`npm run up` writes the strategies anew; a pod takes a changed file within two minutes, or when it is restarted',
  };
}

/** Whether an answer in Jaeger's form (model/proto/api_v2 sampling.proto, as JSON) is a strategy. */
function serves(served: unknown, strategy: ServiceStrategy): boolean {
  if (!isRecord(served)) return false;
  if (strategy.type === 'ratelimiting') {
    const { rateLimitingSampling: limit } = served;
    return isRecord(limit) && limit['maxTracesPerSecond'] === strategy.param;
  }
  const { operationSampling: operations, probabilisticSampling: share } = served;
  if (strategy.operations.length === 0)
    return isRecord(share) && (share['samplingRate'] ?? 0) === strategy.param && operations === undefined;
  if (!isRecord(operations)) return false;
  const { defaultSamplingProbability: other = 0, perOperationStrategies: own } = operations;
  return other === strategy.param && isDeepStrictEqual(ratesOf(own), ratesOfStrategy(strategy.operations));
}

function ratesOf(operations: unknown): ReadonlyMap<string, number> {
  if (!Array.isArray(operations)) return new Map();
  return new Map(
    operations.flatMap((entry: unknown): [string, number][] => {
      if (!isRecord(entry) || typeof entry['operation'] !== 'string') return [];
      const rate = isRecord(entry['probabilisticSampling'])
        ? entry['probabilisticSampling']['samplingRate']
        : undefined;
      return [[entry['operation'], typeof rate === 'number' ? rate : 0]];
    }),
  );
}

function ratesOfStrategy(
  operations: readonly { readonly operation: string; readonly param: number }[],
): ReadonlyMap<string, number> {
  return new Map(operations.map(({ operation, param }) => [operation, param]));
}

function describe(strategy: ServiceStrategy): string {
  if (strategy.type === 'ratelimiting') return `${strategy.param} traces a second`;
  const of = strategy.operations.length === 0 ? '' : `, ${strategy.operations.length} operations of their own`;
  return `${strategy.param * 100} % of traces${of}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 100);
  }
}
