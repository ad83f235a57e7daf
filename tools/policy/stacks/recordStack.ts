import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EngineResource } from '../../../policies/pulumi/objectsOfResource.ts';
import type { ReportDetail } from '../../console/phases.ts';
import { isRecord } from '../../values/isRecord.ts';
import { readTextIfPresent, writePrivateFile } from '../../process/privateFiles.ts';
import { withTemporaryDirectory } from '../../process/temporaryDirectory.ts';
import type { Engine } from '../../toolchain/engine.ts';
import type { CommandContext } from '../../stack/commandContext.ts';
import { openStack } from '../../stack/openStack.ts';
import { plainStackFile } from './plainStackFile.ts';

/**
 * The Kubernetes resources that a stack would make, all of them new, as a policy pack sees them: with what is known in a preview without
 * any cluster. Nothing of it is kept, and nothing of the checkout, of a backend or of a cluster is touched.
 *
 * @throws CredentialsNeededError; StackError when the program or its configuration is wrong.
 */
export async function recordStack(
  command: CommandContext,
  engine: Engine,
  report: ReportDetail,
): Promise<readonly EngineResource[]> {
  const { options } = command;
  return withTemporaryDirectory('policy', async (directory) => {
    const configFile = join(directory, basename(options.configFile));
    const text = await readFile(options.configFile, 'utf8');
    writePrivateFile(configFile, plainStackFile(text, basename(options.configFile), options.stack));
    const record = join(directory, 'resources.ndjson');
    const alone = {
      ...command,
      options: { ...options, configFile },
      environment: withoutCredentials(command, directory),
    };
    const stack = await openStack(
      { ...alone, environment: { ...alone.environment, TRACEWRIGHT_POLICY_RECORD: record } },
      engine,
      {
        kubeconfig: devNull,
        stateDirectory: directory,
        throwAway: true,
        policyPack: { directory: join(options.checkout, 'tools', 'policy', 'recorder') },
      },
    );
    await stack.create();
    await stack.engine.preview(report, false);
    return parseRecord(readTextIfPresent(record) ?? '');
  });
}

/** A backend, a passphrase and a cluster of nobody. In a pod, the provider would take the pod's own account. */
function withoutCredentials({ environment }: CommandContext, directory: string): NodeJS.ProcessEnv {
  return {
    ...environment,
    PULUMI_BACKEND_URL: pathToFileURL(directory).href,
    PULUMI_CONFIG_PASSPHRASE: randomUUID(),
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    PULUMI_ACCESS_TOKEN: undefined,
    KUBERNETES_SERVICE_HOST: undefined,
    KUBERNETES_SERVICE_PORT: undefined,
  };
}

/** A resource that the engine asked about twice counts as it was asked about last. */
function parseRecord(text: string): readonly EngineResource[] {
  const resources = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
    .filter(isResource);
  return [...new Map(resources.map((resource) => [resource.urn, resource])).values()];
}

function isResource(value: unknown): value is EngineResource {
  return isRecord(value) && ['type', 'name', 'urn'].every((key) => typeof value[key] === 'string');
}
