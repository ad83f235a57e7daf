import type { Profile } from './profiles.ts';

/** What a stack is for; it decides the defaults and what is allowed at all. */
export type Environment = 'dev' | 'staging' | 'prod';

/** All environments, from the least to the most careful. */
export const environments = ['dev', 'staging', 'prod'] as const satisfies readonly Environment[];

/** What a key that is left out becomes. */
export interface EnvironmentDefaults {
  /** Resources of the containers and length of the queue. */
  readonly profile: Profile;
  /** Pods of collector, query service and, where there are any, ingester. */
  readonly replicas: { readonly collector: number; readonly query: number; readonly ingester: number };
  /** Days for which spans can be found. */
  readonly retentionDays: number;
  /** Shards and copies of each daily index of an external Elasticsearch. */
  readonly indices: { readonly shards: number; readonly replicas: number };
  /** Share of traces that is sampled where nothing else is said. */
  readonly sampleRatio: number;
  /** Whether the storage is there without being asked for, and whether a node of its own is allowed. */
  readonly embeddedStorage: 'default' | 'allowed' | 'refused';
  /** Whether what holds data refuses to be deleted. */
  readonly deletionProtection: boolean;
  /** Whether an Ingress must have a certificate. */
  readonly ingressNeedsTls: boolean;
}

/**
 * Development: everything sampled, gone after two days, as small as two replicas can be. Staging: like production, half the
 * traffic of a test is enough to find a slow call. Production: Jaeger's own shards and copies (5 and 1, `ES_NUM_SHARDS` and
 * `ES_NUM_REPLICAS` of 1.50), a third collector so that one may be replaced while another fails, and a tenth of the traces.
 */
export const environmentDefaults: Readonly<Record<Environment, EnvironmentDefaults>> = {
  dev: {
    profile: 'small',
    replicas: { collector: 2, query: 2, ingester: 2 },
    retentionDays: 2,
    indices: { shards: 1, replicas: 0 },
    sampleRatio: 1,
    embeddedStorage: 'default',
    deletionProtection: false,
    ingressNeedsTls: false,
  },
  staging: {
    profile: 'medium',
    replicas: { collector: 2, query: 2, ingester: 2 },
    retentionDays: 7,
    indices: { shards: 1, replicas: 1 },
    sampleRatio: 0.5,
    embeddedStorage: 'allowed',
    deletionProtection: true,
    ingressNeedsTls: true,
  },
  prod: {
    profile: 'large',
    replicas: { collector: 3, query: 2, ingester: 3 },
    retentionDays: 14,
    indices: { shards: 5, replicas: 1 },
    sampleRatio: 0.1,
    embeddedStorage: 'refused',
    deletionProtection: true,
    ingressNeedsTls: true,
  },
};
