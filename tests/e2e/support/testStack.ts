import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { npmRun, testCluster, type CommandResult } from '../../support/commands.ts';
import { endCollectors } from './endCollectors.ts';
import type { EncryptedConfig } from './pulumiCli.ts';
import { stackConfig } from './stackYaml.ts';

/** What a stack of the tests is made of. */
export interface TestStackConfig {
  /** Keys below `tracewright:`. The smallest sizes and one pod of each kind, unless they say otherwise. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly encrypted?: EncryptedConfig;
}

/** The passphrase of every stack of the tests. */
export const testPassphrase = 'passphrase of the test stacks';

const COMMAND_SECONDS = 500;

/** A stack with a namespace of its own beside the dev stack on the shared cluster, driven by the commands that users type. */
export class TestStack implements AsyncDisposable {
  readonly name: string;
  readonly namespace: string;
  readonly configFile: string;
  readonly #directory: string;
  #removed = false;

  private constructor(name: string, directory: string) {
    this.#directory = directory;
    this.name = name;
    this.namespace = `tracing-${name}`;
    this.configFile = join(directory, `Pulumi.${name}.yaml`);
  }

  /** Writes the configuration; nothing is deployed yet. */
  static async create(name: string, config: TestStackConfig): Promise<TestStack> {
    const stack = new TestStack(name, await mkdtemp(join(tmpdir(), `tracewright-${name}-`)));
    await stack.configure(config);
    return stack;
  }

  /** Writes another configuration for the next `up`. */
  async configure({ config, encrypted }: TestStackConfig): Promise<void> {
    const one = { replicas: 1 };
    const keys = { profile: 'small', namespace: this.namespace, collector: one, query: one, ...config };
    const document = {
      ...(encrypted && { encryptionsalt: encrypted.encryptionsalt }),
      config: { ...stackConfig(keys), ...encrypted?.config },
    };
    await writeFile(this.configFile, stringify(document));
  }

  /** Runs one of the commands for this stack; it may fail. */
  run(script: 'up' | 'preview' | 'down', ...args: readonly string[]): Promise<CommandResult> {
    return npmRun(script, [...this.options, ...args], { env: this.environment, timeoutSeconds: COMMAND_SECONDS });
  }

  /** What every command about this stack is given. */
  get options(): readonly string[] {
    return ['--cluster', testCluster, '--stack', this.name, '--config-file', this.configFile];
  }

  /** What every command about this stack needs in its environment. */
  get environment(): Readonly<Record<string, string>> {
    return { PULUMI_CONFIG_PASSPHRASE: testPassphrase };
  }

  /** `up`, which must succeed; gives all that it printed. */
  async up(...args: readonly string[]): Promise<CommandResult> {
    const result = await this.run('up', '--no-example', ...args);
    if (result.exitCode !== 0) throw new Error(`up of ${this.name} failed:\n${result.stderr}`);
    return result;
  }

  /** Removes the stack with its data, however protected, and must succeed. */
  async remove(): Promise<void> {
    const { exitCode, stderr } = await this.run('down', '--keep-cluster', '--delete-data', this.name);
    if (exitCode !== 0) throw new Error(`stack ${this.name} could not be removed:\n${stderr}`);
    this.#removed = true;
  }

  /** Leaves nothing, whatever a test has done. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#removed) {
      await endCollectors(this.namespace);
      await this.remove();
    }
    await rm(this.#directory, { recursive: true, force: true });
  }
}
