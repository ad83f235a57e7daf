import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import type { UpOptions } from './options.ts';
import { readStackConfigFile } from './stackConfigFile.ts';

/** The indices of one stack. */
export interface StackIndices {
  readonly stack: string;
  readonly indexPrefix: string;
  /** `host:port` of each node that takes them; none for an embedded one, which no stack shares. */
  readonly servers: readonly string[];
}

/** Two stacks would read and overwrite each other's indices and templates. */
export class IndexPrefixError extends Error {
  override readonly name = 'IndexPrefixError';

  constructor(own: StackIndices, sibling: StackIndices, server: string) {
    const relation =
      own.indexPrefix === sibling.indexPrefix
        ? 'are the same'
        : 'are no two names for Jaeger: one is the end of the other';
    super(
      `stacks ${own.stack} and ${sibling.stack} share the Elasticsearch ${server}, and their index prefixes ` +
        `"${own.indexPrefix}" and "${sibling.indexPrefix}" ${relation}. Jaeger's index templates begin with "*", so that ` +
        "the longer one's indices would take the settings of the shorter one. Give one of them another prefix " +
        '(tracewright:storage, indexPrefix), or leave it out: the default is the end of no other. Nothing was deployed.',
    );
  }
}

/**
 * Makes sure that no stack beside this one, configured in `Pulumi.*.yaml`, writes to the same Elasticsearch under a prefix
 * that Jaeger could not tell from this one's. Another stack's mistakes are not this one's: it is passed over.
 * @throws IndexPrefixError
 */
export async function requireOwnIndexPrefix(
  config: StackConfig,
  { checkout, stack }: Pick<UpOptions, 'checkout' | 'stack'>,
): Promise<void> {
  const own = indicesOf(stack, config);
  if (own.servers.length === 0) return;
  for (const sibling of await readSiblings(checkout, stack)) {
    const server = sharedServer(own, sibling);
    if (server !== undefined && isOneTheEnd(own.indexPrefix, sibling.indexPrefix))
      throw new IndexPrefixError(own, sibling, server);
  }
}

async function readSiblings(checkout: string, stack: string): Promise<StackIndices[]> {
  const names = (await readdir(checkout)).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
  const siblings = names
    .filter((name) => name !== stack)
    .map((name) =>
      readStackConfigFile(join(checkout, `Pulumi.${name}.yaml`), name, checkout).then(
        (config) => [indicesOf(name, config)],
        () => [],
      ),
    );
  return (await Promise.all(siblings)).flat();
}

function indicesOf(stack: string, { storage }: StackConfig): StackIndices {
  const servers = storage.kind === 'external' ? storage.urls.map(serverOf) : [];
  return { stack, indexPrefix: storage.indexPrefix, servers };
}

/** The same server has one name, however its port is written. */
function serverOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

function sharedServer(own: StackIndices, sibling: StackIndices): string | undefined {
  return own.servers.find((server) => sibling.servers.includes(server));
}

function isOneTheEnd(a: string, b: string): boolean {
  return a.endsWith(b) || b.endsWith(a);
}
