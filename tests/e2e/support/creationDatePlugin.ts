import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolchainPart } from '../../support/toolchainPart.ts';

/** Where Elasticsearch looks for the plugin's files. */
export const pluginDirectory = '/usr/share/elasticsearch/plugins/creation-date';

const source = fileURLToPath(new URL('../fixtures/creationDate', import.meta.url));

/**
 * Compiles the plugin of the tests against the very Elasticsearch that takes it.
 *
 * @returns its files in Base64, as a ConfigMap's `binaryData`.
 */
export async function buildCreationDatePlugin(): Promise<Readonly<Record<string, string>>> {
  await installCompiler();
  const libraries = join(await toolchainPart('elasticsearch'), 'elasticsearch', 'lib', '*');
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-plugin-'));
  try {
    const jar = join(directory, 'creation-date.jar');
    const classes = join(directory, 'classes');
    const java = join(source, 'CreationDatePlugin.java');
    await execa('javac', ['--release', '11', '-proc:none', '-nowarn', '-cp', libraries, '-d', classes, java]);
    await execa('jar', ['--create', '--file', jar, '-C', classes, '.']);
    const descriptor = 'plugin-descriptor.properties';
    return {
      'creation-date.jar': await readFile(jar, 'base64'),
      [descriptor]: await readFile(join(source, descriptor), 'base64'),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Debian's compiler where the machine has Java alone. */
async function installCompiler(): Promise<void> {
  const found = await execa('javac', ['--version'], { reject: false });
  if (!found.failed) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-qq'], { env });
  await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'openjdk-17-jdk-headless'], { env });
}
