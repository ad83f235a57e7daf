import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Reading, Silence } from '../accounting/reading.ts';
import type { Freshness } from '../accounting/recovery.ts';
import { readExposition, wantedLines } from './exposition.ts';
import type { WireSample } from './wire.ts';

/** Whom to ask. */
export interface Watched {
  readonly application: { readonly pod: string; readonly address: string };
  /** By pod. */
  readonly agents: Readonly<Record<string, string>>;
  readonly collectors: Readonly<Record<string, string>>;
  readonly queries: Readonly<Record<string, string>>;
  /** Elasticsearch itself, and the service whose newest span is asked for. */
  readonly search: { readonly address: string; readonly service: string };
  /** Processes in whose networks the kernel's counters are read, by pod. */
  readonly networks: Readonly<Record<string, number>>;
}

/** Whether a pod of the query service answered a question about the storage. */
export interface QueryAnswer {
  readonly at: number;
  readonly pod: string;
  readonly answered: boolean;
}

/** All that was seen. */
export interface Recording {
  readonly readings: readonly Reading[];
  readonly silences: readonly Silence[];
  readonly freshness: readonly Freshness[];
  readonly wire: readonly WireSample[];
  readonly queries: readonly QueryAnswer[];
}

const line = z.object({
  source: z.enum(['application', 'agent', 'collector', 'query', 'search', 'networks']),
  pod: z.string(),
  askedAt: z.number(),
  at: z.number(),
  text: z.string().optional(),
  failure: z.string().optional(),
});
type Line = z.infer<typeof line>;

const applicationReport = z.object({
  startedAt: z.number(),
  spans: z.object({ exported: z.number(), dropped: z.record(z.string(), z.number()) }),
});
// Without an index there are no aggregations.
const newest = z.object({
  aggregations: z.object({ newest: z.object({ value: z.number().nullable() }) }).optional(),
});
const AGENT_PORT = 14_271;
const COLLECTOR_PORT = 14_269;
const QUERY_PORT = 16_686;
/** What asks the storage takes its time on a busy machine: late is not away. */
export const STORAGE_ANSWER_MILLIS = 3000;

/** Asks every process of a stack for its counters twice a second, from the network of the cluster's node. */
export class Recorder implements Disposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #readings: Reading[] = [];
  readonly #silences: Silence[] = [];
  readonly #freshness: Freshness[] = [];
  readonly #wire: WireSample[] = [];
  readonly #queries: QueryAnswer[] = [];
  #pods = new Set<string>();

  /** @param nodePid - the first process of the cluster's node */
  constructor(nodePid: number) {
    const program = fileURLToPath(new URL('../application/scraper.ts', import.meta.url));
    const command = ['--target', String(nodePid), '--net', '--', process.execPath, '--no-warnings', program];
    this.#child = spawn('nsenter', command, { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout }).on('line', (text) => this.#take(line.parse(JSON.parse(text))));
  }

  /** Asks these from now on. A pod that is not among them any more is gone. */
  watch({ application, agents, collectors, queries, search, networks }: Watched): void {
    const metrics = (source: 'agent' | 'collector', pods: Readonly<Record<string, string>>, port: number) =>
      Object.entries(pods).map(([pod, address]) => ({
        source,
        pod,
        url: `http://${address}:${port}/metrics`,
        wanted: wantedLines(source),
      }));
    const body = {
      size: 0,
      query: { term: { 'process.serviceName': search.service } },
      aggs: { newest: { max: { field: 'startTimeMillis' } } },
    };
    const http = [
      { source: 'application', pod: application.pod, url: `http://${application.address}:8080/report` },
      ...metrics('agent', agents, AGENT_PORT),
      ...metrics('collector', collectors, COLLECTOR_PORT),
      ...Object.entries(queries).map(([pod, address]) => ({
        source: 'query',
        pod,
        url: `http://${address}:${QUERY_PORT}/api/services`,
        answerMillis: STORAGE_ANSWER_MILLIS,
      })),
      {
        source: 'search',
        pod: 'search',
        url: `http://${search.address}:9200/*-jaeger-span-*/_search`,
        body: JSON.stringify(body),
        answerMillis: STORAGE_ANSWER_MILLIS,
      },
    ];
    const pods = new Set(http.map(({ pod }) => pod));
    for (const pod of this.#pods) if (!pods.has(pod)) this.#silences.push({ pod, at: Date.now() });
    this.#pods = pods;
    this.#child.stdin.write(`${JSON.stringify({ http, networks })}\n`);
  }

  /** What was seen so far. */
  get recording(): Recording {
    const sorted = <Timed extends { readonly at: number }>(list: readonly Timed[]) =>
      list.toSorted((a, b) => a.at - b.at);
    return {
      readings: sorted(this.#readings),
      silences: sorted(this.#silences),
      freshness: sorted(this.#freshness),
      wire: sorted(this.#wire),
      queries: sorted(this.#queries),
    };
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }

  #take({ source, pod, askedAt, at, text, failure = '' }: Line): void {
    if (source === 'search') {
      const found = text === undefined ? undefined : newest.parse(JSON.parse(text)).aggregations?.newest.value;
      this.#freshness.push({ at, newest: found ?? undefined });
    } else if (source === 'query') this.#queries.push({ at, pod, answered: text !== undefined });
    else if (text === undefined) {
      // Who is late is not gone.
      if (!failure.startsWith('TimeoutError')) this.#silences.push({ pod, at });
    } else if (source === 'networks') {
      const snmpByPod = z.record(z.string(), z.string()).parse(JSON.parse(text));
      this.#wire.push({ askedAt, at, snmpByPod });
    } else this.#readings.push({ source, pod, askedAt, at, ...countersOf(source, text) });
  }
}

function countersOf(source: 'application' | 'agent' | 'collector', text: string) {
  if (source !== 'application') return readExposition(source, text);
  const { startedAt, spans } = applicationReport.parse(JSON.parse(text));
  const dropped = Object.entries(spans.dropped).map(([reason, count]) => [`dropped_${reason}`, count] as const);
  return { startedAt, counters: { exported: spans.exported, ...Object.fromEntries(dropped) } };
}
