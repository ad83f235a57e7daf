import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { parseStackConfig } from '../../infra/schema/parseStackConfig.ts';
import { withSamplingFile } from '../../infra/schema/samplingFile.ts';
import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import { isRecord } from '../values/isRecord.ts';

/** A stack's configuration file is not YAML with a `config` mapping. */
export class StackConfigFileError extends Error {
  override readonly name = 'StackConfigFileError';

  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause });
  }
}

/**
 * Reads and checks a stack's configuration file as the program will, before anything is built or started.
 * @param projectDirectory - Where `Pulumi.yaml` lies.
 * @throws StackConfigFileError for a file of another form; StackConfigError with all problems of the configuration.
 */
export async function readStackConfigFile(file: string, stack: string, projectDirectory: string): Promise<StackConfig> {
  const mapping = readConfigMapping(await readFile(file, 'utf8'), file);
  const { config, problems } = withSamplingFile(mapping, projectDirectory);
  return parseStackConfig(config, stack, problems);
}

function readConfigMapping(text: string, file: string): Readonly<Record<string, unknown>> {
  const document = parseYaml(text, file);
  if (document === null || document === undefined) return {};
  if (!isRecord(document)) throw new StackConfigFileError(file, 'must be a mapping with the key "config"');
  const { config = {} } = document;
  if (config === null) return {};
  if (!isRecord(config))
    throw new StackConfigFileError(file, '"config" must be a mapping of keys such as tracewright:collector');
  return config;
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (cause) {
    // An alias may be of nothing, or of more than there is room for: then it is an error of another class.
    const problem = cause instanceof YAMLParseError ? 'is not YAML' : 'cannot be read';
    throw new StackConfigFileError(
      file,
      `${problem}: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  }
}
