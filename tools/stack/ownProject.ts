import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { writePrivateFile } from '../process/privateFiles.ts';

/** A Pulumi project directory of ours, where the CLI may write what it adds to a stack's configuration. */
export interface OwnProject {
  readonly directory: string;
  /** The stack's configuration with the salt of its secrets. */
  readonly configFile: string;
}

/** The name in Pulumi.yaml: a stack's file in the backend lies below it. */
export const projectName = 'tracewright';

/**
 * Copies a stack's configuration to where our engine keeps its state. `pulumi stack init` writes the salt of the stack's
 * secrets into the configuration it is given; in the checkout that would change a file that is under version control. A salt
 * that the user's file has is kept.
 * @param directory - Where the copy goes. Only who holds the deployment's lock may leave it out: then it is the one beside
 * the state, which an `up` reads.
 */
export async function prepareOwnProject(
  stateDirectory: string,
  stack: string,
  configFile: string,
  directory = projectDirectory(stateDirectory),
): Promise<OwnProject> {
  const fileName = `Pulumi.${stack}.yaml`;
  const copy = join(directory, fileName);
  writePrivateFile(join(directory, 'Pulumi.yaml'), `name: ${projectName}\nruntime: nodejs\n`);
  const document = parseDocument(await readFile(configFile, 'utf8'));
  const salt = await readSalt(join(projectDirectory(stateDirectory), fileName));
  if (!document.has('encryptionsalt') && salt !== undefined) document.set('encryptionsalt', salt);
  writePrivateFile(copy, String(document));
  return { directory, configFile: copy };
}

function projectDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'pulumi', 'project');
}

async function readSalt(copy: string): Promise<string | undefined> {
  const text = await readFile(copy, 'utf8').catch(() => '');
  const settings = parse(text) as { encryptionsalt?: unknown } | null;
  return typeof settings?.encryptionsalt === 'string' ? settings.encryptionsalt : undefined;
}
