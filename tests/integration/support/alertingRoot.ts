import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeTcpPort } from './freePort.ts';
import { ServersRoot } from './serversRoot.ts';
import { answersHttp, type TestProcess } from './testProcess.ts';

/** The three programs and what they are linked with. */
const ONLY = [
  'etc',
  'lib',
  'lib64',
  'usr/lib64',
  'usr/lib/*/ld-linux*',
  'usr/lib/*/libc.so.*',
  'usr/lib/*/libresolv.so.*',
  'usr/bin/prometheus',
  'usr/bin/prometheus-alertmanager',
  'usr/bin/promtool',
  'usr/share/prometheus/alertmanager',
] as const;

/** An alert as Alertmanager's API shows it. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly status: { readonly state: string };
}

/** Debian's Prometheus, promtool and Alertmanager of the toolchain, on loopback. */
export class AlertingRoot implements AsyncDisposable {
  readonly #root: ServersRoot;
  readonly #processes: TestProcess[] = [];

  private constructor(root: ServersRoot) {
    this.#root = root;
  }

  static async unpack(): Promise<AlertingRoot> {
    const root = await ServersRoot.unpack({ part: 'prometheus-rootfs', only: ONLY });
    // Of promtool's unit tests.
    await mkdir(join(root.path, 'tmp'));
    return new AlertingRoot(root);
  }

  /** Writes a file to where the programs find it. */
  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.#root.path, name), text);
  }

  /** Runs promtool; gives what it says and the status it ends with. */
  promtool(...args: readonly string[]): Promise<{ readonly output: string; readonly status: number }> {
    return new Promise((resolve) => {
      execFile('chroot', [this.#root.path, '/usr/bin/promtool', ...args], (error, stdout, stderr) => {
        resolve({ output: stdout + stderr, status: typeof error?.code === 'number' ? error.code : 0 });
      });
    });
  }

  /** Starts Alertmanager, which tells nobody. @returns its address */
  async startAlertmanager(): Promise<string> {
    const address = `127.0.0.1:${await freeTcpPort()}`;
    await this.write(
      'alertmanager.yml',
      JSON.stringify({ route: { receiver: 'none' }, receivers: [{ name: 'none' }] }),
    );
    await mkdir(join(this.#root.path, 'alertmanager'));
    await this.#start(`http://${address}`, [
      '/usr/bin/prometheus-alertmanager',
      '--config.file=/alertmanager.yml',
      '--storage.path=/alertmanager',
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ]);
    return address;
  }

  /** Starts Prometheus with a configuration. @returns its URL */
  async startPrometheus(configuration: object): Promise<string> {
    const address = `127.0.0.1:${await freeTcpPort()}`;
    await this.write('prometheus.yml', JSON.stringify(configuration));
    await mkdir(join(this.#root.path, 'data'));
    await this.#start(`http://${address}`, [
      '/usr/bin/prometheus',
      '--config.file=/prometheus.yml',
      '--storage.tsdb.path=/data',
      `--web.listen-address=${address}`,
      // What fires before Prometheus has found Alertmanager is told only when it is told again.
      '--rules.alert.resend-delay=1s',
    ]);
    return `http://${address}`;
  }

  /** Everything that the programs wrote. */
  get log(): string {
    return this.#processes.map(({ output }) => output).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of this.#processes) await process.stop('SIGKILL');
    await this.#root[Symbol.asyncDispose]();
  }

  async #start(url: string, command: readonly string[]): Promise<void> {
    const process = this.#root.start(command);
    this.#processes.push(process);
    await process.waitUntil(() => answersHttp(`${url}/-/ready`));
  }
}
