import { field, text } from '../../kubernetes/fields.ts';
import { keySourceOf, mountedFile } from '../../kubernetes/mountedFiles.ts';
import type { JaegerContainer } from './jaegerContainers.ts';
import type { Setting } from './jaegerSettings.ts';

/** The setting that names the file of sampling strategies; `undefined` for a program that reads none. @throws UnknownFieldError */
export function strategiesFile({ role, settings }: JaegerContainer): Setting | undefined {
  return role === 'collector' || role === 'all-in-one' ? settings.get('SAMPLING_STRATEGIES_FILE') : undefined;
}

/** The key of a ConfigMap that the file is; `undefined` where it comes from elsewhere. @throws UnknownFieldError */
export function strategiesKey(
  jaeger: JaegerContainer,
  path: string,
): { readonly name: string; readonly key: string } | undefined {
  const file = mountedFile(jaeger.workload.podSpec, jaeger.container.spec, path);
  const source = file === undefined ? undefined : keySourceOf(file);
  return source?.kind === 'ConfigMap' ? source : undefined;
}

/** A value of a ConfigMap. @throws UnknownFieldError */
export function dataOf(configMap: unknown, key: string): string | undefined {
  return text(field(field(configMap, 'data'), key));
}
