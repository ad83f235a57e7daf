import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ownBackend, pulumi } from './pulumiCli.ts';

/** A Kubernetes object as the provider wrote it. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
}

/** A stack's manifests, and what its state says of its resources. */
export interface RenderedStack {
  readonly objects: readonly RenderedObject[];
  /** Names of the resources that Pulumi refuses to delete. */
  readonly protectedResources: readonly string[];
}

/** A stack's configuration, as its file holds it. */
export interface StackDocument {
  readonly encryptionsalt?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The passphrase of every stack that is rendered. */
export const renderPassphrase = 'passphrase of rendered stacks';

/**
 * Has the engine and the Kubernetes provider write a stack's manifests to files, without a cluster and in a backend that is
 * thrown away.
 */
export async function renderStack(stack: string, document: StackDocument): Promise<RenderedStack> {
  const directory = await mkdtemp(join(tmpdir(), `tracewright-rendered-${stack}-`));
  try {
    const [project, manifests] = [join(directory, 'project'), join(directory, 'manifests')];
    await mkdir(join(directory, 'pulumi', 'state'), { recursive: true });
    await mkdir(project);
    await writeFile(join(project, 'Pulumi.yaml'), 'name: tracewright\nruntime: nodejs\n');
    const configFile = join(project, `Pulumi.${stack}.yaml`);
    const config = { ...document.config, 'kubernetes:renderYamlToDirectory': manifests };
    await writeFile(configFile, stringify({ ...document, config }));
    const run = runner(directory);
    await run('stack', 'init', stack, '--no-select', '--cwd', project);
    await run('up', '--yes', '--skip-preview', '--stack', stack, '--config-file', configFile);
    const state: unknown = JSON.parse(await run('stack', 'export', '--stack', stack));
    return { objects: await readObjects(manifests), protectedResources: protectedIn(state) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function runner(directory: string) {
  const env = { ...ownBackend(directory, renderPassphrase), KUBECONFIG: devNull };
  return async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await pulumi(args, { env });
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(' ')} failed:\n${stdout}${stderr}`);
    return stdout;
  };
}

/** The provider writes custom resource definitions and everything else to directories of their own. */
async function readObjects(directory: string): Promise<RenderedObject[]> {
  const files = await readdir(directory, { recursive: true });
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => readFile(join(directory, file), 'utf8')),
  );
  return texts.map((text) => parse(text) as RenderedObject);
}

function protectedIn(state: unknown): string[] {
  const { deployment } = state as { deployment: { resources: readonly { urn: string; protect?: boolean }[] } };
  return deployment.resources
    .filter(({ protect }) => protect === true)
    .map(({ urn }) => urn.split('$').at(-1) ?? urn)
    .sort();
}
