// @spec S2.4
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type JaegerPipeline, startJaegerPipeline } from '../support/jaegerPipeline.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { SpanStore } from '../support/spanStore.ts';
import type { StoredSpan } from '../support/storedSpan.ts';
import { TestProcess } from '../support/testProcess.ts';
import { buildRelay } from './apps/propagation/buildRelay.ts';

const USER = 'ada løvelace + 100%';

const relayAnswer = z.object({
  baggage: z.string(),
  headers: z.record(z.string(), z.array(z.string())),
  next: z.record(z.string(), z.string()),
});
type RelayAnswer = z.infer<typeof relayAnswer>;

/** How the service in Go is traced, and which propagators the two in Node.js have; the default ones where left out. */
interface Relayed {
  readonly relay: Readonly<Record<string, string>>;
  readonly propagators?: string;
}

const openTelemetryW3c = { SDK: 'opentelemetry', PROPAGATORS: 'w3c' };
const openTelemetryJaeger = { SDK: 'opentelemetry', PROPAGATORS: 'jaeger' };
const jaegerClient = { SDK: 'jaeger' };

let store: SpanStore;
let jaeger: JaegerPipeline;
let program: string;
let runs = 0;

beforeAll(async () => {
  store = await SpanStore.open();
  [jaeger, program] = await Promise.all([startJaegerPipeline({ spanStore: store.address }), buildRelay()]);
}, 600_000);
afterAll(async () => {
  await jaeger.stop();
  store.close();
});

/** Three services on one machine; their names are their own in each run. */
class Services implements AsyncDisposable {
  readonly #run = String((runs += 1));
  readonly #started: TestProcess[] = [];
  readonly #relayed: Relayed;

  constructor(relayed: Relayed) {
    this.#relayed = relayed;
  }

  /** The address of a call to the service in Go that is passed on to the last one in Node.js. */
  async start(): Promise<string> {
    const answerer = await this.#listening(this.#node('answerer'));
    const to = `http://${answerer}/`;
    const { relay } = this.#relayed;
    const collector = relay['SDK'] === 'jaeger' ? jaeger.collectorUrl : `${jaeger.otlpUrl}/v1/traces`;
    const environment = { ...relay, COLLECTOR: collector, OTEL_SERVICE_NAME: this.name('relay') };
    const relayAddress = await this.#listening(new TestProcess({ command: program, args: [], environment }));
    return `http://${relayAddress}/relay?${new URLSearchParams({ to, key: 'user' }).toString()}`;
  }

  /** Calls it from the first service in Node.js. */
  async call(url: string): Promise<RelayAnswer> {
    const caller = this.#node('caller', { URL: url, USER_NAME: USER });
    expect(await caller.end()).toEqual({ code: 0, signal: null });
    return relayAnswer.parse(JSON.parse(caller.output));
  }

  name(role: string): string {
    return `${role}-${this.#run}`;
  }

  #node(role: string, more: Readonly<Record<string, string>> = {}): TestProcess {
    const { propagators } = this.#relayed;
    return new TestProcess({
      command: process.execPath,
      args: tracedFromSource(`tests/integration/runtime/apps/propagation/${role}.ts`),
      cwd: repository,
      environment: {
        OTEL_SERVICE_NAME: this.name(role),
        TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
        TRACEWRIGHT_AGENT_PORT: String(jaeger.agentPort),
        OTEL_BSP_SCHEDULE_DELAY: '50',
        ...(propagators === undefined ? {} : { OTEL_PROPAGATORS: propagators }),
        ...more,
      },
    });
  }

  async #listening(server: TestProcess): Promise<string> {
    this.#started.push(server);
    const address = (): string | undefined => /^listening on (\S+)\n/m.exec(server.output)?.[1];
    await server.waitUntil(() => address() !== undefined);
    return address() ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#started.map((server) => server.stop()));
  }
}

/** What the collector has stored of a run, from the root to its leaf. */
async function storedChain(
  services: Services,
  roles: Readonly<Record<string, number>>,
): Promise<readonly StoredSpan[]> {
  const wanted = Object.entries(roles).map(([role, count]) => store.waitFor(services.name(role), count));
  const spans = (await Promise.all(wanted)).flat();
  const chain = spans.filter(({ references }) => references.length === 0);
  for (let last = chain.at(-1); last !== undefined; last = childOf(last, spans))
    if (!chain.includes(last)) chain.push(last);
  expect(chain).toHaveLength(spans.length);
  return chain;
}

function childOf(parent: StoredSpan, spans: readonly StoredSpan[]): StoredSpan | undefined {
  const { traceId, spanId } = parent;
  const expected = [{ kind: 'child of', traceId, spanId }];
  return spans.find(({ references }) => JSON.stringify(references) === JSON.stringify(expected));
}

function describeSpan({ service, name, tags }: StoredSpan): string {
  return `${service} ${name} ${String(tags['span.kind'] ?? 'internal')}`;
}

describe('a call from Node.js to Go to Node.js', () => {
  it.each<[string, Relayed, readonly string[], string]>([
    [
      "W3C headers alone and OpenTelemetry's SDK for Go",
      { relay: openTelemetryW3c, propagators: 'tracecontext,baggage' },
      ['Baggage', 'Traceparent'],
      USER,
    ],
    [
      "uber-trace-id alone and OpenTelemetry's SDK for Go, whose propagator carries no baggage",
      { relay: openTelemetryJaeger, propagators: 'jaeger' },
      ['Uber-Trace-Id', 'Uberctx-User'],
      '',
    ],
    [
      "uber-trace-id alone and Jaeger's own client for Go",
      { relay: jaegerClient, propagators: 'jaeger' },
      ['Uber-Trace-Id', 'Uberctx-User'],
      USER,
    ],
    [
      "the default headers and OpenTelemetry's SDK for Go",
      { relay: openTelemetryW3c },
      ['Baggage', 'Traceparent', 'Uber-Trace-Id', 'Uberctx-User'],
      USER,
    ],
    [
      "the default headers and Jaeger's own client for Go",
      { relay: jaegerClient },
      ['Baggage', 'Traceparent', 'Uber-Trace-Id', 'Uberctx-User'],
      USER,
    ],
  ])('is one trace with its baggage by %s', async (_how, relayed, headers, baggage) => {
    await using services = new Services(relayed);
    const answer = await services.call(await services.start());
    expect(
      Object.keys(answer.headers)
        .filter((name) => /^(Baggage|Trace|Uber|B3|X-B3)/.test(name))
        .sort(),
    ).toEqual(headers);
    expect({ relay: answer.baggage, answerer: answer.next }).toEqual({
      relay: baggage,
      answerer: baggage === '' ? {} : { user: baggage },
    });
    const chain = await storedChain(services, { caller: 2, relay: 2, answerer: 1 });
    expect(chain.map(describeSpan)).toEqual([
      `${services.name('caller')} order internal`,
      `${services.name('caller')} GET client`,
      `${services.name('relay')} relay server`,
      `${services.name('relay')} call client`,
      `${services.name('answerer')} GET server`,
    ]);
    expect(new Set(chain.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it("is one trace that begins with a trace ID of 64 bits in Jaeger's own client", async () => {
    await using services = new Services({ relay: jaegerClient });
    await (await fetch(await services.start())).text();
    const chain = await storedChain(services, { relay: 2, answerer: 1 });
    expect(chain.map(describeSpan)).toEqual([
      `${services.name('relay')} relay server`,
      `${services.name('relay')} call client`,
      `${services.name('answerer')} GET server`,
    ]);
    expect(new Set(chain.map(({ traceId }) => traceId.slice(0, 16)))).toEqual(new Set(['0'.repeat(16)]));
  });
});
