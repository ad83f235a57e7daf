import { OPTIONS } from './candidates.ts';
import type { ConfigurationReader } from './configurationReader.ts';
import { maskedWhenShown } from './maskedWhenShown.ts';
import { RESOURCE_ATTRIBUTES, SERVICE_NAME } from '../settings/resourceSettings.ts';
import type { TracingConfig } from '../tracingConfig.ts';

/** The name of the service, and the other attributes of its resource. */
export function readResource(reader: ConfigurationReader): Pick<TracingConfig, 'serviceName' | 'resourceAttributes'> {
  const merged = new Map<string, { value: string; source: string }>();
  for (const { value, source } of reader.peekAll(RESOURCE_ATTRIBUTES).toReversed())
    for (const [key, text] of Object.entries(value)) merged.set(key, { value: text, source });
  const named = merged.get('service.name');
  merged.delete('service.name');
  for (const [key, { value, source }] of merged) reader.note(RESOURCE_ATTRIBUTES, { [key]: value }, source);
  const entries = [...merged].map(([key, { value }]) => [key, value] as const);
  return {
    serviceName: readServiceName(reader, named?.source === OPTIONS ? named.value : undefined),
    resourceAttributes: maskedWhenShown(Object.fromEntries(entries)),
  };
}

/** @param amongAttributes - `service.name` in the option `resourceAttributes` */
function readServiceName(reader: ConfigurationReader, amongAttributes: string | undefined): string {
  const { serviceName } = reader.sources.options;
  if (amongAttributes === undefined || (serviceName !== undefined && serviceName !== ''))
    return reader.require(SERVICE_NAME, '');
  reader.note(SERVICE_NAME, amongAttributes, OPTIONS);
  return amongAttributes;
}
