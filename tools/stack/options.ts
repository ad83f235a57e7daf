import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseApiPort } from '../cluster/apiPort.ts';
import { parseClusterName } from '../cluster/clusterName.ts';

/** What a user asked `up`, `down`, `status` or `preview` for, checked. */
export interface UpOptions {
  readonly checkout: string;
  readonly stack: string;
  /** The stack's configuration file. */
  readonly configFile: string;
  /** A context of the user's own kubeconfig; without one the local cluster is used. */
  readonly context?: string;
  /** Name of the local cluster. */
  readonly cluster: string;
  readonly apiPort?: number;
  readonly uiPort?: number;
  /** Loopback port of the example's page. */
  readonly pagePort?: number;
  /** The checkout example's image on the user's own cluster. */
  readonly exampleImage?: string;
  /** Whether the checkout example is deployed; without it a local run of the runtime sends the trace. */
  readonly example: boolean;
  /** Where the stack's outputs are written; without it beside the state of the cluster. */
  readonly outputsFile?: string;
  /** Stacks whose protected data may be deleted. */
  readonly deleteData: readonly string[];
  readonly yes: boolean;
  /** The cluster that the stack was deployed to is gone: its objects are made anew. */
  readonly forgetCluster: boolean;
  readonly json: boolean;
}

/** Options as commander gives them. */
export interface RawUpOptions {
  readonly stack: string;
  readonly configFile?: string;
  readonly context?: string;
  readonly cluster: string;
  readonly apiPort?: string;
  readonly uiPort?: string;
  readonly pagePort?: string;
  readonly exampleImage?: string;
  readonly example?: boolean;
  readonly outputsFile?: string;
  readonly deleteData?: readonly string[];
  readonly yes?: boolean;
  readonly forgetCluster?: boolean;
  readonly json?: boolean;
}

/** An option of the command line cannot be used. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  readonly option: string;

  constructor(option: string, message: string) {
    super(`--${option}: ${message}`);
    this.option = option;
  }
}

/**
 * Checks the options of the command line before anything is started.
 * @throws OptionError, InvalidClusterNameError or InvalidApiPortError naming the option, its value and what is allowed.
 */
export function parseUpOptions(raw: RawUpOptions, checkout: string): UpOptions {
  const options = parseStackOptions(raw, checkout);
  requireConfigFile(options, raw.configFile !== undefined);
  return options;
}

/**
 * As `parseUpOptions`, but the configuration file need not be there.
 * @throws as `parseUpOptions`.
 */
export function parseStackOptions(raw: RawUpOptions, checkout: string): UpOptions {
  const cluster = parseClusterName(raw.cluster);
  const stack = requireName('stack', raw.stack, 40);
  const apiPort = raw.apiPort === undefined ? undefined : parseApiPort(raw.apiPort);
  const uiPort = parsePort('ui-port', raw.uiPort);
  const pagePort = parsePort('page-port', raw.pagePort);
  refuseContradictions(raw);
  return {
    checkout,
    stack,
    configFile: raw.configFile === undefined ? join(checkout, `Pulumi.${stack}.yaml`) : resolve(raw.configFile),
    cluster,
    example: raw.example ?? true,
    deleteData: raw.deleteData ?? [],
    yes: raw.yes ?? false,
    forgetCluster: raw.forgetCluster ?? false,
    json: raw.json ?? false,
    ...(raw.context === undefined ? {} : { context: raw.context }),
    ...(raw.exampleImage === undefined ? {} : { exampleImage: raw.exampleImage }),
    ...(raw.outputsFile === undefined ? {} : { outputsFile: resolve(raw.outputsFile) }),
    ...(apiPort === undefined ? {} : { apiPort }),
    ...(uiPort === undefined ? {} : { uiPort }),
    ...(pagePort === undefined ? {} : { pagePort }),
  };
}

/** Options that cannot stand beside each other. */
function refuseContradictions(raw: RawUpOptions): void {
  if (raw.exampleImage !== undefined && raw.context === undefined) {
    throw new OptionError(
      'example-image',
      'belongs to --context NAME; the local cluster gets its image from this checkout',
    );
  }
  if (raw.apiPort !== undefined && raw.context !== undefined) {
    throw new OptionError(
      'api-port',
      'belongs to the local cluster; the cluster of --context has an address of its own',
    );
  }
  if (raw.example === false && raw.exampleImage !== undefined) {
    throw new OptionError('no-example', 'cannot stand beside --example-image: give only one of them');
  }
  if (raw.example === false && raw.pagePort !== undefined) {
    throw new OptionError('no-example', 'cannot stand beside --page-port: the page is of the example');
  }
  if (raw.uiPort !== undefined && raw.uiPort === raw.pagePort) {
    throw new OptionError('page-port', 'must be another port than --ui-port');
  }
}

function requireName(option: string, value: string, longest: number): string {
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(value) && value.length <= longest) return value;
  throw new OptionError(
    option,
    `"${value}" is not a name; allowed: 1 to ${longest} lower-case letters, digits and hyphens, a letter first and no hyphen last`,
  );
}

function parsePort(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new OptionError(option, `"${value}" is not a port; allowed: 1 to 65535`);
}

/**
 * Makes sure that the stack has a configuration.
 * @param given - Whether the user has named the file.
 * @throws OptionError naming the file, or the stacks that have one.
 */
export function requireConfigFile(
  { configFile, stack, checkout }: Pick<UpOptions, 'configFile' | 'stack' | 'checkout'>,
  given: boolean,
): void {
  if (existsSync(configFile)) return;
  if (given) throw new OptionError('config-file', `${configFile} does not exist`);
  throw new OptionError(
    'stack',
    `"${stack}" has no configuration; allowed: ${knownStacks(checkout).join(', ')}. For a new one write Pulumi.${stack}.yaml beside Pulumi.yaml.`,
  );
}

/** The stacks that a checkout has configurations of, by their names. */
export function knownStacks(checkout: string): string[] {
  return readdirSync(checkout)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}
