import { execa } from 'execa';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { resolveEngine } from '../../../tools/toolchain/engine.ts';
import { partsOf } from '../../../tools/toolchain/parts.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';
import { checkout, type CommandResult } from '../../support/commands.ts';

/** Runs the Pulumi CLI, as a user does who has it. */
export async function pulumi(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: Readonly<Record<string, string>>; readonly input?: string },
): Promise<CommandResult> {
  const run = startToolchain({
    parts: partsOf('engine'),
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  });
  const engine = resolveEngine(await run.all, process.env);
  const result = await execa(engine.command, [...args, '--non-interactive', '--color', 'never'], {
    cwd: options.cwd ?? checkout,
    env: { ...engine.environment, ...options.env },
    input: options.input ?? '',
    reject: false,
    timeout: 300_000,
  });
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

/** What the CLI needs to find the stacks that an engine of ours keeps beside the local cluster. */
export function ownBackend(stateDirectory: string, passphrase: string): Readonly<Record<string, string>> {
  return {
    PULUMI_BACKEND_URL: pathToFileURL(join(stateDirectory, 'pulumi', 'state')).href,
    PULUMI_HOME: join(stateDirectory, 'pulumi', 'home'),
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  };
}

/** What `pulumi config set --secret` wrote: the salt of the stack's secrets and the encrypted keys. */
export interface EncryptedConfig {
  readonly encryptionsalt: string;
  readonly config: Readonly<Record<string, { readonly secure: string }>>;
}

/** Has the Pulumi CLI encrypt configuration values as secrets of a stack. */
export async function encryptConfig(
  stack: string,
  passphrase: string,
  secrets: Readonly<Record<string, string>>,
): Promise<EncryptedConfig> {
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-config-'));
  try {
    await mkdir(join(directory, 'pulumi', 'state'), { recursive: true });
    await writeFile(join(directory, 'Pulumi.yaml'), 'name: tracewright\nruntime: nodejs\n');
    const options = { cwd: directory, env: ownBackend(directory, passphrase) };
    await mustSucceed(['stack', 'init', stack], options);
    for (const [key, value] of Object.entries(secrets))
      await mustSucceed(['config', 'set', '--secret', key, '--stack', stack], { ...options, input: value });
    return parse(await readFile(join(directory, `Pulumi.${stack}.yaml`), 'utf8')) as EncryptedConfig;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function mustSucceed(...[args, options]: Parameters<typeof pulumi>): Promise<void> {
  const { exitCode, stderr } = await pulumi(args, options);
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(' ')} failed:\n${stderr}`);
}
