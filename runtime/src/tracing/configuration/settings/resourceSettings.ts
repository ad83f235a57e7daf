import { ATTRIBUTES, JAEGER_TAGS } from '../kinds/pairKinds.ts';
import type { Environment, TextKind } from '../kinds/reading.ts';
import type { Setting, SettingWithDefault } from './setting.ts';
import { BOOLEAN, textLike } from '../kinds/valueKinds.ts';

/** Whether anything is started at all. */
export const DISABLED: SettingWithDefault<boolean> = {
  option: 'disabled',
  about: 'Whether tracing is off: nothing is started then, and nothing else is checked.',
  kind: BOOLEAN,
  variables: ['OTEL_SDK_DISABLED', 'JAEGER_DISABLED'],
  fallback: false,
};

/** The service's name. `service.name` among the attributes given as an option comes right after the option itself. */
export const SERVICE_NAME: Setting<string> = {
  option: 'serviceName',
  about: 'Name of the service, as Jaeger lists it.',
  kind: textLike(/\S/, 'a name that is not blank'),
  variables: [
    'OTEL_SERVICE_NAME',
    { name: 'OTEL_RESOURCE_ATTRIBUTES', note: '`service.name` in it', extract: serviceNameIn(ATTRIBUTES) },
    'JAEGER_SERVICE_NAME',
    { name: 'JAEGER_TAGS', note: '`service.name` in it', extract: serviceNameIn(JAEGER_TAGS) },
  ],
  fallbackText: 'none: required',
};

/** Attributes of the resource. */
export const RESOURCE_ATTRIBUTES: Setting<Readonly<Record<string, string>>> = {
  option: 'resourceAttributes',
  about: 'Attributes of the resource that every span belongs to. Those of all sources are merged by key.',
  kind: ATTRIBUTES,
  variables: ['OTEL_RESOURCE_ATTRIBUTES', { name: 'JAEGER_TAGS', kind: JAEGER_TAGS }],
  fallbackText: 'none',
};

function serviceNameIn(kind: TextKind<Readonly<Record<string, string>>>) {
  return (text: string, environment: Environment): string | undefined => {
    const reading = kind.fromText(text, environment);
    return reading.taken ? reading.value['service.name'] : undefined;
  };
}
