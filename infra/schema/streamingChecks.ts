import { environmentDefaults, type Environment } from './environments.ts';
import { isRecord } from './isRecord.ts';
import { mappingIn } from './mappingIn.ts';
import type { ConfigProblem } from './stackConfigError.ts';
import type { StackDefaults } from './stackDefaults.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** What is wrong between the keys of the strategy "streaming", or in keys that stand beside another one. */
export function streamingProblems(own: Mapping, environment: Environment, defaults: StackDefaults): ConfigProblem[] {
  if (own['strategy'] !== 'streaming') return idleProblems(own);
  const settings = mappingIn(own, 'streaming');
  const kafka = mappingIn(settings, 'kafka');
  return [
    ...brokerProblems(kafka, environment),
    ...loginProblems(kafka),
    ...plainProblems(kafka, environment),
    ...partitionProblems(settings, mappingIn(own, 'ingester'), defaults),
  ];
}

/** Of a wrong strategy, the schema says that it is. */
function idleProblems(own: Mapping): ConfigProblem[] {
  if (own['strategy'] !== undefined && own['strategy'] !== 'direct') return [];
  return ['streaming', 'ingester']
    .filter((key) => own[key] !== undefined)
    .map((key) => ({ key, message: 'is of use only with strategy "streaming"' }));
}

function brokerProblems({ kind }: Mapping, environment: Environment): ConfigProblem[] {
  if (environmentDefaults[environment].embeddedStorage !== 'refused') return [];
  const key = 'streaming.kafka.kind';
  if (kind === undefined) return [{ key, message: `is missing: ${environment} needs "external"` }];
  if (kind !== 'embedded') return [];
  const message = `must be "external" in ${environment}: a single broker has no copy of the spans and asks for no password`;
  return [{ key, value: '"embedded"', message }];
}

/** A user without a password, or the other way round. */
function loginProblems({ username, existingSecret }: Mapping): ConfigProblem[] {
  const key = 'streaming.kafka.username';
  if (username === undefined && existingSecret !== undefined)
    return [{ key, message: 'is missing: a password needs a user name' }];
  if (username === undefined || existingSecret !== undefined) return [];
  return [{ key: 'streaming.kafka.existingSecret', message: 'is missing: a user needs a password' }];
}

function plainProblems({ username, tls }: Mapping, environment: Environment): ConfigProblem[] {
  if (username === undefined || tls !== undefined || environment === 'dev') return [];
  const message = `is missing: beside streaming.kafka.username in ${environment}, spans and log-ins would go unencrypted`;
  return [{ key: 'streaming.kafka.tls', message }];
}

/** A partition has one reader: further ingesters would idle. */
function partitionProblems(settings: Mapping, ingester: Mapping, { profile, environment }: StackDefaults) {
  const { partitions = profile.kafka.partitions } = settings;
  const { autoscaling, replicas = environment.replicas.ingester } = ingester;
  const scaled = isRecord(autoscaling);
  const most = scaled ? autoscaling['maxReplicas'] : replicas;
  if (typeof partitions !== 'number' || typeof most !== 'number' || most <= partitions) return [];
  const key = scaled ? 'ingester.autoscaling.maxReplicas' : 'ingester.replicas';
  const message = `must not be above streaming.partitions (${partitions}): a partition has one reader, and further ingesters would idle`;
  return [{ key, value: String(most), message }];
}
