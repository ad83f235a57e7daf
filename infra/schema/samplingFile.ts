import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type * as z from 'zod';
import { configNamespace } from './configNamespace.ts';
import { isRecord } from './isRecord.ts';
import { unknownKeyMessage } from './fields.ts';
import { parseSamplingDocument, type SamplingDocument } from './samplingDocument.ts';
import { SamplingFileError } from './samplingFileError.ts';
import { samplingSchema } from './samplingSchema.ts';
import type { ConfigProblem } from './stackConfigError.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** Sampling strategies as they are written: what `TracingStack` takes. */
export type SamplingInput = z.input<ReturnType<typeof samplingSchema>>;

/** A configuration with the content of its sampling file in the place of the file's name. */
export interface ConfigWithSampling {
  readonly config: Mapping;
  /** What is wrong with the file; the configuration then says nothing of sampling, so that the rest can be checked. */
  readonly problems: readonly ConfigProblem[];
}

/** Bytes of a file, at most: what it becomes must fit into a ConfigMap, which holds as many. */
const largestFile = 1024 * 1024;

/**
 * Reads strategies from a file, for an argument of `TracingStack`.
 *
 * @param path - YAML or JSON, in our model or in Jaeger's own format (1.50); relative to the working directory.
 * @throws {@link SamplingFileError} with all problems at once.
 */
export function readSamplingFile(path: string): SamplingInput {
  const { sampling, problems } = documentAt(path, path, path);
  if (problems.length > 0) throw new SamplingFileError(path, problems);
  const { reloadIntervalSeconds, default: fallback, services } = samplingSchema(1).parse(sampling);
  return {
    ...(sampling['reloadIntervalSeconds'] === undefined ? {} : { reloadIntervalSeconds }),
    // Left out, it is the environment's.
    ...(sampling['default'] === undefined ? {} : { default: fallback }),
    services,
  };
}

/**
 * Puts the content of `sampling.file` in its place.
 *
 * @param config - The mapping under `config:`, as it is: keys with the project's namespace or without one.
 * @param projectDirectory - Where `Pulumi.yaml` lies: the file is named from there, and lies below it.
 */
export function withSamplingFile(config: Mapping, projectDirectory: string): ConfigWithSampling {
  const key = [`${configNamespace}:sampling`, 'sampling'].find((name) => hasFile(config[name]));
  if (key === undefined) return { config, problems: [] };
  const { file, ...beside } = isRecord(config[key]) ? config[key] : {};
  const { sampling, problems: inFile } = projectFile(file, projectDirectory, `${configNamespace}:sampling.file`);
  const problems = [...besideProblems(beside, sampling, file), ...inFile];
  if (problems.length === 0) return { config: { ...config, [key]: { ...sampling, ...beside } }, problems };
  const { [key]: _unread, ...rest } = config;
  return { config: rest, problems };
}

function hasFile(sampling: unknown): boolean {
  return isRecord(sampling) && sampling['file'] !== undefined;
}

/** What stands beside the file's name, other than how often it is read. */
function besideProblems(beside: Mapping, sampling: Mapping, file: unknown): ConfigProblem[] {
  return Object.keys(beside).flatMap((name) => {
    const key = `${configNamespace}:sampling.${name}`;
    if (name in sampling) return [{ key, message: `stands in ${String(file)} too: give it once` }];
    if (name === 'reloadIntervalSeconds') return [];
    const inFile = name === 'default' || name === 'services';
    const known = ['file', 'reloadIntervalSeconds'];
    return [{ key, message: inFile ? 'stands beside sampling.file: write it there' : unknownKeyMessage(name, known) }];
  });
}

function projectFile(file: unknown, projectDirectory: string, key: string): SamplingDocument {
  const refused = (message: string) => ({
    sampling: {},
    problems: [{ key, value: JSON.stringify(file), message }],
  });
  if (typeof file !== 'string' || file.trim() === '') {
    return refused('must be a path from the directory of Pulumi.yaml, like sampling.yaml');
  }
  const path = resolve(projectDirectory, file);
  if (isOutside(projectDirectory, path)) {
    return refused('must lie in the directory of Pulumi.yaml, so that whoever has the project has the file');
  }
  return documentAt(path, file, key);
}

/** Whether a path leads outside, by itself or through a link. */
function isOutside(directory: string, path: string): boolean {
  return leadsOut(directory, path) || (existsSync(path) && leadsOut(realpathSync(directory), realpathSync(path)));
}

function leadsOut(from: string, to: string): boolean {
  const way = relative(from, to);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/**
 * @param name - The file, as it is named in problems of its content.
 * @param key - What problems of the file itself are reported for.
 */
function documentAt(path: string, name: string, key: string): SamplingDocument {
  const content = contentAt(path);
  if (typeof content === 'string') return parseSamplingDocument(content, name);
  const shown = key === name ? {} : { value: JSON.stringify(name) };
  return { sampling: {}, problems: [{ key, ...shown, message: content.problem }] };
}

function contentAt(path: string): string | { readonly problem: string } {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return { problem: 'is a directory: it must be a YAML or JSON file' };
    if (!found.isFile()) return { problem: 'is no regular file: it must be a YAML or JSON file' };
    if (found.size > largestFile) return { problem: `must have at most ${largestFile} bytes, and has ${found.size}` };
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return { problem: unreadable(error) };
  }
}

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist: it must be a YAML or JSON file';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8 text: it must be a YAML or JSON file';
  return `cannot be read (${String(code)}): it must be a YAML or JSON file`;
}
