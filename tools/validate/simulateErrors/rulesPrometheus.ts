import { execa } from 'execa';
import { CoreV1Api } from '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { forwardConnections, type ForwardedPort } from '../../kube/forwardPort.ts';
import { openPodTunnel } from '../../kube/podTunnel.ts';
import { findFreeLoopbackPort } from '../../process/loopbackPort.ts';
import { defaultCacheDirectory } from '../../toolchain/cacheDirectory.ts';
import { startToolchain } from '../../toolchain/toolchain.ts';
import { exampleNamespace } from '../../up/example.ts';
import { monitoringName } from '../checks/monitoring/monitoringFiles.ts';
import { untilFound } from '../checks/runtime/exampleClient.ts';
import { examplePorts } from '../checks/runtime/exampleServices.ts';
import { NotCheckableError, type Deployment } from '../deployment.ts';
import type { ExampleAccess } from './exampleAccess.ts';
import { shortenedRules } from './shortenedRules.ts';

/** What stands for a minute of the rules: a quarter of an hour is fifteen seconds. */
const minuteMillis = 1000;
const startSeconds = 60;
/** Debian's multiarch names, by Node's name of the machine. */
const libraries: Readonly<Record<string, { readonly triplet: string; readonly loader: string } | undefined>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** A Prometheus on loopback that scrapes the example and evaluates the stack's own rules, in a hurry. */
export class RulesPrometheus implements AsyncDisposable {
  readonly url: URL;
  readonly #resources: AsyncDisposableStack;

  private constructor(url: URL, resources: AsyncDisposableStack) {
    this.url = url;
    this.#resources = resources;
  }

  /**
   * Starts it, and waits until it knows the example for long enough to see what is new. Its program is that of the toolchain, which is built where it
   * is missing; it runs as whoever runs this, and nothing is installed.
   *
   * @throws NotCheckableError where there is no such program, or it does not start.
   */
  static async start(deployment: Deployment, example: ExampleAccess, signal: AbortSignal): Promise<RulesPrometheus> {
    await using resources = new AsyncDisposableStack();
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-rules-'));
    resources.defer(() => rm(directory, { recursive: true, force: true }));
    const command = await unpack(directory, signal);
    const rules = await readRules(deployment, example);
    const targets = await forwardMetrics(example, resources);
    const port = await findFreeLoopbackPort();
    // JSON is YAML.
    await writeFile(join(directory, 'rules.yml'), JSON.stringify(shortenedRules(rules, minuteMillis)));
    await writeFile(join(directory, 'prometheus.yml'), JSON.stringify(configuration(targets)));
    const url = new URL(`http://127.0.0.1:${port}/`);
    // With execa's own clean-up, what ends this command would end the process before anything is made as it was.
    const running = execa(command[0], [...command.slice(1), ...flags(directory, port)], {
      reject: false,
      all: true,
      cleanup: false,
    });
    const kill = (): void => void running.kill('SIGKILL');
    process.once('exit', kill);
    resources.defer(async () => {
      process.removeListener('exit', kill);
      kill();
      await running;
    });
    await ready(
      url,
      running.then(({ all }) => all),
      signal,
    );
    // What was new before it came is not known as new to it.
    await sleep(16 * minuteMillis, undefined, { signal });
    return new RulesPrometheus(url, resources.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

function flags(directory: string, port: number): string[] {
  return [
    `--config.file=${join(directory, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
}

/** @returns the command that runs it, with the libraries that it was made for. */
async function unpack(directory: string, signal: AbortSignal): Promise<readonly [string, ...string[]]> {
  const machine = libraries[process.arch];
  const mend = 'name a Prometheus that scrapes the example with --prometheus URL';
  if (process.platform !== 'linux' || machine === undefined)
    throw new NotCheckableError(
      `there is no Prometheus for ${process.platform} on ${process.arch} in the toolchain`,
      mend,
    );
  const part = await startToolchain({
    parts: ['prometheus-rootfs'],
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
    signal,
  })
    .ready('prometheus-rootfs')
    .catch((cause: unknown) => {
      signal.throwIfAborted();
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new NotCheckableError(`the Prometheus of the toolchain cannot be had: ${why}`, mend, cause);
    });
  const library = `usr/lib/${machine.triplet}`;
  const files = [
    'usr/bin/prometheus',
    `${library}/${machine.loader}`,
    `${library}/libc.so.*`,
    `${library}/libresolv.so.*`,
  ];
  const only = files.map((file) => `./${file}`);
  await execa('tar', ['-xf', join(part.directory, 'rootfs.tar'), '-C', directory, '--wildcards', ...only], {
    cancelSignal: signal,
  });
  const libraryDirectory = join(directory, library);
  return [
    join(libraryDirectory, machine.loader),
    '--library-path',
    libraryDirectory,
    join(directory, 'usr/bin/prometheus'),
  ];
}

/** The rules as they lie in the cluster, for whoever evaluates them. */
async function readRules(deployment: Deployment, { kube }: ExampleAccess): Promise<unknown> {
  const { namespace } = await deployment.config();
  const configMap = await kube.makeApiClient(CoreV1Api).readNamespacedConfigMap({ name: monitoringName, namespace });
  return parse(configMap.data?.['prometheus-rules.yaml'] ?? '');
}

/** A pod's metrics on loopback. */
interface MetricsTarget extends ForwardedPort {
  readonly service: string;
  readonly pod: string;
}

async function forwardMetrics(
  { kube, services }: ExampleAccess,
  resources: AsyncDisposableStack,
): Promise<readonly MetricsTarget[]> {
  const pods = services.flatMap(({ name, pods: own }) => own.map((pod) => ({ service: name, pod })));
  return Promise.all(
    pods.map(async ({ service, pod }) => {
      const forwarded = await forwardConnections(() =>
        openPodTunnel(kube, exampleNamespace, pod, examplePorts.metrics),
      );
      return { ...resources.use(forwarded), service, pod };
    }),
  );
}

function configuration(targets: readonly MetricsTarget[]): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yml'],
    scrape_configs: targets.map(({ service, pod, port }) => ({
      job_name: pod,
      static_configs: [{ targets: [`127.0.0.1:${port}`], labels: { namespace: exampleNamespace, job: service, pod } }],
    })),
  };
}

async function ready(url: URL, ended: Promise<string>, signal: AbortSignal): Promise<void> {
  const isUp = untilFound(
    async () => {
      const answer = await fetch(new URL('-/ready', url), { signal }).catch(() => undefined);
      signal.throwIfAborted();
      return answer?.ok === true ? true : undefined;
    },
    { seconds: startSeconds, signal },
  );
  const first = await Promise.race([isUp, ended]);
  if (first === true) return;
  const said = first === undefined ? `it was not ready within ${startSeconds} s` : first.slice(-300);
  throw new NotCheckableError(
    `the Prometheus of the toolchain does not start: ${said}`,
    'name a Prometheus that scrapes the example with --prometheus URL',
  );
}
