import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import type { TracingStackArgs } from './components/tracingStack.ts';
import { configNamespace } from './schema/configNamespace.ts';
import { parseStackConfig } from './schema/parseStackConfig.ts';
import { withSamplingFile } from './schema/samplingFile.ts';
import { StackConfigError } from './schema/stackConfigError.ts';
import type { StackConfig } from './schema/stackConfigSchema.ts';

/**
 * Reads the stack's configuration: the only place that does.
 *
 * @returns The whole, checked configuration; the password stays a secret all the way.
 * @throws `RunError` with all problems at once; Pulumi prints its message without a stack trace.
 */
export function readStackConfig(): TracingStackArgs {
  const { elasticsearchPassword, collector, query, ingester, ...rest } = checkedConfig();
  const config = {
    ...rest,
    collector: withoutIdleReplicas(collector),
    query: withoutIdleReplicas(query),
    ...(ingester && { ingester: withoutIdleReplicas(ingester) }),
  };
  if (elasticsearchPassword === undefined) return config;
  return {
    ...config,
    elasticsearchPassword: new pulumi.Config(configNamespace).requireSecret('elasticsearchPassword'),
  };
}

/** The default of a number that nobody has given stands beside autoscaling; as an argument, it would be one that somebody has. */
function withoutIdleReplicas<Component extends NonNullable<StackConfig['collector' | 'query' | 'ingester']>>(
  component: Component,
) {
  const { replicas, ...rest } = component;
  return { ...rest, ...(component.autoscaling === undefined && { replicas }) };
}

function checkedConfig(): StackConfig {
  try {
    const { config, problems } = withSamplingFile(rawConfig(), projectDirectory());
    return parseStackConfig(config, pulumi.getStack(), problems);
  } catch (error) {
    if (error instanceof StackConfigError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

/**
 * Where Pulumi.yaml lies. Older language hosts do not tell the SDK, which then makes a name up; a program's working directory
 * is that of `main`, at Pulumi.yaml or below it.
 */
function projectDirectory(): string {
  const told = pulumi.getRootDirectory();
  return isAbsolute(told) ? told : (ancestors(process.cwd()).find(holdsProject) ?? process.cwd());
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

function holdsProject(directory: string): boolean {
  return ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json'].some((file) => existsSync(join(directory, file)));
}

function rawConfig(): Record<string, unknown> {
  const secrets = new Set(secretKeys());
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig()).map(([key, value]) => [
      key,
      secrets.has(key) ? { secure: '' } : structured(value),
    ]),
  );
}

/** The engine hands mappings, lists and booleans over as JSON, everything else as text. */
function structured(value: string): unknown {
  if (!/^[{[]|^(true|false)$/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}

/** The language host names the secret keys in this variable; Pulumi's SDK shows them in no other public way. */
function secretKeys(): readonly string[] {
  const keys: unknown = JSON.parse(process.env['PULUMI_CONFIG_SECRET_KEYS'] ?? '[]');
  return Array.isArray(keys) ? keys.map(String) : [];
}
