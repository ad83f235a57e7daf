import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';

/** A Pulumi project directory of ours, where the CLI may write what it adds to a stack's configuration. */
export interface OwnProject {
  readonly directory: string;
  /** The stack's configuration with the salt of its secrets. */
  readonly configFile: string;
}

// Must be the name in Pulumi.yaml: a stack's file in the backend lies below it.
const projectName = 'tracewright';

/**
 * Copies a stack's configuration to where our engine keeps its state. `pulumi stack init` writes the salt of the stack's
 * secrets into the configuration it is given; in the checkout that would change a file that is under version control. A salt
 * that the user's file has is kept.
 */
export async function prepareOwnProject(
  stateDirectory: string,
  stack: string,
  configFile: string,
): Promise<OwnProject> {
  const directory = join(stateDirectory, 'pulumi', 'project');
  const copy = join(directory, `Pulumi.${stack}.yaml`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, 'Pulumi.yaml'), `name: ${projectName}\nruntime: nodejs\n`);
  const document = parseDocument(await readFile(configFile, 'utf8'));
  const salt = await readSalt(copy);
  if (!document.has('encryptionsalt') && salt !== undefined) document.set('encryptionsalt', salt);
  await writeFile(copy, String(document), { mode: 0o600 });
  return { directory, configFile: copy };
}

async function readSalt(copy: string): Promise<string | undefined> {
  const text = await readFile(copy, 'utf8').catch(() => '');
  const settings = parse(text) as { encryptionsalt?: unknown } | null;
  return typeof settings?.encryptionsalt === 'string' ? settings.encryptionsalt : undefined;
}
