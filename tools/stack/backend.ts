import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTextIfPresent } from '../process/privateFiles.ts';

/** The passphrase of the dev stack on a backend of ours: documented, because dev holds no secret worth more. */
export const devPassphrase = 'tracewright-dev';

/** A stack other than dev has no passphrase. */
export class MissingPassphraseError extends Error {
  override readonly name = 'MissingPassphraseError';

  constructor(stack: string) {
    super(
      `stack ${stack} needs a passphrase for its secrets: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE ` +
        '(only the dev stack has a default). Nothing was changed.',
    );
  }
}

/**
 * Checks that the secrets of a stack can be encrypted with an engine of ours, before anything is started.
 * @throws MissingPassphraseError for a stack other than dev without a passphrase.
 */
export function requirePassphrase(stack: string, environment: NodeJS.ProcessEnv): void {
  if (!hasPassphrase(environment) && stack !== 'dev') throw new MissingPassphraseError(stack);
}

/** What our own engine needs beside its plugins: a state directory of its own, and dev's passphrase where none is set. */
export async function ownBackend(directory: string, environment: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const state = join(directory, 'pulumi', 'state');
  await mkdir(state, { recursive: true, mode: 0o700 });
  return {
    PULUMI_HOME: join(directory, 'pulumi', 'home'),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    // `down` reads the states of this backend without an engine.
    PULUMI_DIY_BACKEND_GZIP: 'false',
    ...(hasPassphrase(environment) ? {} : { PULUMI_CONFIG_PASSPHRASE: devPassphrase }),
  };
}

/** Whether the user has given a passphrase. An empty variable is what a missing CI secret leaves: none. */
export function hasPassphrase(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment['PULUMI_CONFIG_PASSPHRASE']) || hasContent(environment['PULUMI_CONFIG_PASSPHRASE_FILE']);
}

function hasContent(file: string | undefined): boolean {
  return Boolean(file) && (readTextIfPresent(file ?? '') ?? '').trim() !== '';
}
