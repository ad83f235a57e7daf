import type { ContainerResources } from '../kubernetes/resources.ts';

/** How large the containers are. */
export type Profile = 'small' | 'medium' | 'large';

/** All profiles, from the smallest. */
export const profileNames = ['small', 'medium', 'large'] as const satisfies readonly Profile[];

/** What a profile decides. */
export interface ProfileDefaults {
  /** Spans that wait in a collector for the storage. */
  readonly queueSize: number;
  readonly collector: ContainerResources;
  readonly query: ContainerResources;
  readonly agent: ContainerResources;
  readonly ingester: ContainerResources;
  readonly elasticsearch: ContainerResources & { readonly heapMebibytes: number; readonly volumeGibibytes: number };
  /** The embedded broker; partitions are those of any. */
  readonly kafka: ContainerResources & {
    readonly heapMebibytes: number;
    readonly volumeGibibytes: number;
    readonly partitions: number;
  };
}

/**
 * The largest span that arrives over UDP has 65000 bytes (Jaeger 1.50 `cmd/agent/app/processors`). Go's collector lets the
 * heap grow to twice what lives, and spans also wait in requests to the storage: a collector with a full queue of such spans
 * came to `queueSize` × 65000 × 2.5 bytes above the 35 MiB of one without spans (measured: `npm run bench -- infra`, with a
 * queue of 2000).
 *
 * | profile | queue | full queue and process | collector's limit |
 * | ------- | ----- | ---------------------- | ----------------- |
 * | small   | 2000  | 345 MiB                | 512 MiB           |
 * | medium  | 5000  | 810 MiB                | 1024 MiB          |
 * | large   | 10000 | 1585 MiB               | 2048 MiB          |
 *
 * 2000 is Jaeger's default for the queue; with spans of 430 bytes the collector has 55 MiB then. The agent has 21 MiB without
 * spans, and three UDP queues of up to 1000 packets of 65000 bytes are 186 MiB (`--processor.*.server-queue-size`), whatever
 * the profile. The query service has 30 MiB without requests, and holds the traces that it answers with: 20 traces of up to
 * 10000 spans (`ES_MAX_DOC_COUNT`) come to some 100 MiB at 500 bytes a span, and a second copy as JSON. Elasticsearch: half
 * the memory for Java's heap, the other half for Lucene's page cache and the JVM (Elastic's own rule).
 *
 * CPU is asked for by what is used under a steady load and limited well above: a limit that is reached makes spans wait. One
 * core carried some 22000 spans a second in collectors, 39000 in the agent and 7000 in Elasticsearch (the same measurement;
 * spans of 430 bytes with eleven tags): the storage decides how many a stack takes, and the others stay far from their limits.
 */
export const profiles: Readonly<Record<Profile, ProfileDefaults>> = {
  small: {
    queueSize: 2000,
    collector: sizes([100, 128], [1000, 512]),
    query: sizes([50, 64], [500, 256]),
    ingester: sizes([100, 128], [1000, 512]),
    agent: sizes([50, 64], [500, 256]),
    elasticsearch: { ...sizes([250, 1024], [2000, 1024]), heapMebibytes: 512, volumeGibibytes: 5 },
    kafka: { ...sizes([250, 768], [2000, 768]), heapMebibytes: 320, volumeGibibytes: 5, partitions: 4 },
  },
  medium: {
    queueSize: 5000,
    collector: sizes([250, 256], [2000, 1024]),
    query: sizes([100, 128], [1000, 512]),
    ingester: sizes([250, 256], [2000, 1024]),
    agent: sizes([100, 128], [1000, 256]),
    elasticsearch: { ...sizes([500, 2048], [2000, 2048]), heapMebibytes: 1024, volumeGibibytes: 50 },
    kafka: { ...sizes([500, 1536], [2000, 1536]), heapMebibytes: 512, volumeGibibytes: 50, partitions: 8 },
  },
  large: {
    queueSize: 10_000,
    collector: sizes([1000, 512], [4000, 2048]),
    query: sizes([250, 256], [2000, 1024]),
    ingester: sizes([1000, 512], [4000, 2048]),
    agent: sizes([100, 128], [2000, 256]),
    elasticsearch: { ...sizes([1000, 4096], [4000, 4096]), heapMebibytes: 2048, volumeGibibytes: 200 },
    kafka: { ...sizes([1000, 2048], [4000, 2048]), heapMebibytes: 1024, volumeGibibytes: 200, partitions: 24 },
  },
};

type Sizes = readonly [cpuMillicores: number, memoryMebibytes: number];

function sizes([requestCpu, requestMemory]: Sizes, [limitCpu, limitMemory]: Sizes): ContainerResources {
  return {
    requests: { cpuMillicores: requestCpu, memoryMebibytes: requestMemory },
    limits: { cpuMillicores: limitCpu, memoryMebibytes: limitMemory },
  };
}
