import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../support/commands.ts';
import { pulumi } from './pulumiCli.ts';

const example = join(checkout, 'examples', 'stack-reference');
const project = 'stack-reference-example';

/** A stack of examples/stack-reference, in the backend that holds the stack it refers to; disposing of it destroys it. */
export class ReferringStack implements AsyncDisposable {
  readonly #name: string;
  readonly #directory: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(name: string, directory: string, env: Readonly<Record<string, string>>) {
    this.#name = name;
    this.#directory = directory;
    this.#env = env;
  }

  /**
   * @param env - What the Pulumi CLI finds backend, passphrase and cluster by.
   * @param config - Keys of the example's configuration.
   */
  static async create(
    name: string,
    env: Readonly<Record<string, string>>,
    config: Readonly<Record<string, string>>,
  ): Promise<ReferringStack> {
    // The CLI writes the salt of a stack's secrets beside Pulumi.yaml: not into the checkout.
    const directory = await mkdtemp(join(tmpdir(), `tracewright-${name}-`));
    await writeFile(join(directory, 'Pulumi.yaml'), `name: ${project}\nruntime: nodejs\n`);
    const stack = new ReferringStack(name, directory, env);
    await stack.#run(['stack', 'init', name, '--no-select', '--cwd', directory]);
    const pairs = Object.entries(config).flatMap(([key, value]) => ['--plaintext', `${key}=${value}`]);
    await stack.#run(['config', 'set-all', '--stack', name, '--cwd', directory, ...pairs]);
    return stack;
  }

  /** Deploys it under this repository's policy pack. */
  async up(): Promise<void> {
    const policies = ['--policy-pack', join(checkout, 'policies')];
    await this.#run(['up', '--yes', '--skip-preview', ...this.#arguments(), ...policies], example);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run(['destroy', '--yes', '--skip-preview', ...this.#arguments()], example);
    await this.#run(['stack', 'rm', '--yes', '--stack', this.#name, '--cwd', this.#directory]);
    await rm(this.#directory, { recursive: true, force: true });
  }

  #arguments(): string[] {
    return ['--stack', this.#name, '--config-file', join(this.#directory, `Pulumi.${this.#name}.yaml`)];
  }

  async #run(args: readonly string[], cwd: string = this.#directory): Promise<void> {
    const { exitCode, stdout, stderr } = await pulumi(args, { cwd, env: this.#env });
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(' ')} failed:\n${stdout}${stderr}`);
  }
}
