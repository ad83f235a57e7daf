import { execa } from 'execa';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveEngine, type Engine } from '../../../tools/toolchain/engine.ts';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { partsOf } from '../../../tools/toolchain/parts.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';
import { manyDeployments } from './program/manyDeployments.ts';

/** The pack of this checkout, one of `@pulumi/policy` without a policy, or none. */
export type PreviewedPack = 'tracewright' | 'empty' | 'none';

/** Of the strictest levels. */
const stack = 'prod';
const countVariable = 'BENCH_DEPLOYMENTS';

/** A Pulumi program of many Deployments, with a backend of its own, where no cluster can be reached. */
export class PreviewProject {
  readonly #engine: Engine;
  readonly #directory: string;
  readonly #packs: Readonly<Record<PreviewedPack, readonly string[]>>;

  private constructor(engine: Engine, directory: string, checkout: string) {
    this.#engine = engine;
    this.#directory = directory;
    this.#packs = {
      tracewright: ['--policy-pack', join(checkout, 'policies')],
      empty: ['--policy-pack', join(directory, 'pack')],
      none: [],
    };
  }

  /**
   * Finds or builds the engine, and writes the project.
   * @param directory - An empty one, which is thrown away afterwards.
   */
  static async create(checkout: string, directory: string): Promise<PreviewProject> {
    const parts = partsOf('engine');
    const run = startToolchain({ parts, cacheDirectory: defaultCacheDirectory(process.env), environment: process.env });
    const project = new PreviewProject(resolveEngine(await run.all, process.env), directory, checkout);
    await writeProject(directory, checkout);
    await project.#run(['stack', 'init', stack], 0);
    return project;
  }

  /**
   * Previews the program.
   * @returns seconds, from the start of the CLI to its end
   * @throws Error where the preview does not succeed, is not of all resources, or was not under the pack.
   */
  async preview(deployments: number, pack: PreviewedPack): Promise<number> {
    const started = performance.now();
    const text = await this.#run(['preview', '--stack', stack, ...this.#packs[pack]], deployments);
    const seconds = (performance.now() - started) / 1000;
    requireWhole(text, deployments, pack);
    return seconds;
  }

  async #run(args: readonly string[], deployments: number): Promise<string> {
    const { command, environment, own } = this.#engine;
    const { stdout } = await execa(command, [...args, '--non-interactive', '--color', 'never'], {
      cwd: join(this.#directory, 'program'),
      env: {
        ...environment,
        // The program, and the pack, are run by the Node that runs this.
        PATH: [dirname(process.execPath), environment['PATH'] ?? process.env['PATH'] ?? ''].join(delimiter),
        ...(own ? { PULUMI_HOME: join(this.#directory, 'home') } : {}),
        PULUMI_BACKEND_URL: pathToFileURL(join(this.#directory, 'state')).href,
        PULUMI_CONFIG_PASSPHRASE: 'of no use: nothing is kept',
        PULUMI_ACCESS_TOKEN: undefined,
        KUBECONFIG: devNull,
        KUBERNETES_SERVICE_HOST: undefined,
        [countVariable]: String(deployments),
      },
      stdin: 'ignore',
      timeout: 900_000,
      maxBuffer: 2 ** 28,
    });
    return stdout;
  }
}

/** How many resources a preview of the program finds to create, besides the stack itself. */
export function countResources(deployments: number): number {
  return manyDeployments(deployments).length;
}

async function writeProject(directory: string, checkout: string): Promise<void> {
  const program = join(directory, 'program');
  const pack = join(directory, 'pack');
  for (const path of [program, pack, join(directory, 'state'), join(directory, 'home')]) await mkdir(path);
  const packageFile = JSON.stringify({ name: 'bench', version: '1.0.0', type: 'module' });
  for (const path of [program, pack]) {
    await writeFile(join(path, 'package.json'), packageFile);
    await symlink(join(checkout, 'node_modules'), join(path, 'node_modules'));
  }
  const declare = pathToFileURL(join(import.meta.dirname, 'program', 'declareDeployments.ts')).href;
  const runtime = 'runtime: { name: nodejs, options: { typescript: false } }';
  await writeFile(join(program, 'Pulumi.yaml'), `name: bench\nmain: index.js\n${runtime}\n`);
  await writeFile(
    join(program, 'index.js'),
    `import { declareDeployments } from '${declare}';\ndeclareDeployments(Number(process.env.${countVariable}));\n`,
  );
  await writeFile(join(pack, 'PulumiPolicy.yaml'), 'runtime: nodejs\nmain: index.js\n');
  await writeFile(
    join(pack, 'index.js'),
    `import { PolicyPack } from '@pulumi/policy';\nnew PolicyPack('empty', { policies: [] });\n`,
  );
}

function requireWhole(text: string, deployments: number, pack: PreviewedPack): void {
  // The stack itself is one, and so is its provider, once there is something to provide.
  const least = countResources(deployments) + 1;
  const found = Number(/^\s*\+ (\d+) to create$/m.exec(text)?.[1]);
  if (!(found >= least))
    throw new Error(`the preview found ${found} resources to create instead of ${least}:\n${text}`);
  if (pack !== 'none' && !text.includes(`${pack}@v`)) throw new Error(`the preview was not under the pack:\n${text}`);
}
