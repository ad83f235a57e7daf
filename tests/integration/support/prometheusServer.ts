import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freeTcpPort } from './freePort.ts';
import { ServersRoot } from './serversRoot.ts';
import { answersHttp, type TestProcess } from './testProcess.ts';

/** Both programs and what they are linked with: a fifth of all, whose unpacking would take most of a test's time. */
const ONLY = [
  'etc',
  'lib',
  'lib64',
  'usr/lib64',
  'usr/lib/*/ld-linux*',
  'usr/lib/*/libc.so.*',
  'usr/lib/*/libresolv.so.*',
  'usr/bin/prometheus',
  'usr/bin/promtool',
] as const;

/** A series at one instant. */
export interface PrometheusSample {
  /** With the name of the metric as `__name__`. */
  readonly metric: Readonly<Record<string, string>>;
  /** As Prometheus writes it. */
  readonly value: string;
}

/** An exemplar and the series that it belongs to. */
export interface PrometheusExemplar {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** A scrape's target, as Prometheus sees it. */
export interface PrometheusTarget {
  readonly health: string;
  readonly lastError: string;
}

/** Debian's Prometheus of the toolchain on loopback. It scrapes its targets every second and keeps exemplars. */
export class PrometheusServer implements AsyncDisposable {
  readonly #root: ServersRoot;
  readonly #process: TestProcess;
  readonly #url: string;

  private constructor(root: ServersRoot, process: TestProcess, url: string) {
    this.#root = root;
    this.#process = process;
    this.#url = url;
  }

  /** @param targets - where metrics are, by job: `{ app: 'http://127.0.0.1:9464/metrics' }` */
  static async start(targets: Readonly<Record<string, string>>): Promise<PrometheusServer> {
    const root = await ServersRoot.unpack({ part: 'prometheus-rootfs', only: ONLY });
    const port = await freeTcpPort();
    await mkdir(join(root.path, 'data'));
    await writeFile(join(root.path, 'prometheus.yml'), configuration(targets));
    const process = root.start([
      '/usr/bin/prometheus',
      '--config.file=/prometheus.yml',
      '--storage.tsdb.path=/data',
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ]);
    const server = new PrometheusServer(root, process, `http://127.0.0.1:${port}`);
    try {
      await process.waitUntil(() => answersHttp(`${server.#url}/-/ready`));
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  /** Everything that Prometheus wrote to its log. */
  get log(): string {
    return this.#process.output;
  }

  /** The series that an expression has now. */
  async query(expression: string): Promise<readonly PrometheusSample[]> {
    const data = (await this.#get('query', { query: expression })) as {
      readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
    };
    return data.result.map(({ metric, value: [, value] }) => ({ metric, value }));
  }

  /** The series that an expression has as soon as it has any; waits for 10 s at most. */
  async queryUntilFound(expression: string): Promise<readonly PrometheusSample[]> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const found = await this.query(expression);
      if (found.length > 0) return found;
      if (performance.now() > deadline) {
        throw new Error(`Prometheus has no ${expression}: ${JSON.stringify(await this.targets())}\n${this.log}`);
      }
      await delay(50);
    }
  }

  /** The exemplars of the last five minutes. */
  async exemplars(expression: string): Promise<readonly PrometheusExemplar[]> {
    const now = Date.now() / 1000;
    const data = (await this.#get('query_exemplars', {
      query: expression,
      start: String(now - 300),
      end: String(now + 1),
    })) as readonly {
      readonly seriesLabels: Record<string, string>;
      readonly exemplars: readonly Omit<PrometheusExemplar, 'seriesLabels'>[];
    }[];
    return data.flatMap(({ seriesLabels, exemplars }) => exemplars.map((exemplar) => ({ ...exemplar, seriesLabels })));
  }

  /** What became of the last scrapes. */
  async targets(): Promise<readonly PrometheusTarget[]> {
    const data = (await this.#get('targets', {})) as { readonly activeTargets: readonly PrometheusTarget[] };
    return data.activeTargets.map(({ health, lastError }) => ({ health, lastError }));
  }

  /** What Prometheus knows of metrics, by their names. */
  async metadata(): Promise<Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>> {
    return (await this.#get('metadata', {})) as Record<string, readonly Record<string, string>[]>;
  }

  /** What `promtool check metrics` says of a text, and the status it ends with. */
  async checkMetrics(text: string): Promise<{ readonly output: string; readonly status: number | null }> {
    const promtool = spawn('chroot', [this.#root.path, '/usr/bin/promtool', 'check', 'metrics']);
    let output = '';
    for (const stream of [promtool.stdout, promtool.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    promtool.stdin.end(text);
    const status = await new Promise<number | null>((resolve, reject) => {
      promtool.once('error', reject);
      promtool.once('close', resolve);
    });
    return { output, status };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    await this.#root[Symbol.asyncDispose]();
  }

  async #get(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1/${path}?${new URLSearchParams(query).toString()}`);
    const answer = (await response.json()) as { readonly status: string; readonly data: unknown };
    if (answer.status !== 'success') throw new Error(`Prometheus answers ${JSON.stringify(answer)}`);
    return answer.data;
  }
}

function configuration(targets: Readonly<Record<string, string>>): string {
  const jobs = Object.entries(targets).map(([job, target]) => {
    const { host, pathname } = new URL(target);
    return { job_name: job, metrics_path: pathname, static_configs: [{ targets: [host] }] };
  });
  // JSON is YAML.
  return JSON.stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: jobs });
}
