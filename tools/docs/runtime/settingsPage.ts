import {
  formatTracingConfig,
  describeTracingConfig,
} from '../../../runtime/src/tracing/configuration/describeTracingConfig.ts';
import { parseTracingConfig } from '../../../runtime/src/tracing/configuration/parseTracingConfig.ts';
import {
  type Setting,
  type SettingWithDefault,
  type Variable,
  variablesOf,
} from '../../../runtime/src/tracing/configuration/settings/setting.ts';
import type { TracingSources } from '../../../runtime/src/tracing/configuration/tracingSources.ts';
import { code, fenced, generatedFrom, paragraphs, prose, table } from '../markdown.ts';

/** Every setting of the runtime. */
export type SettingsTable = readonly (Setting<unknown> | SettingWithDefault<unknown>)[];

/** What the page shows as an example: an application in a cluster, with a Service that has an unlucky name. */
const example: TracingSources = {
  options: {
    serviceName: 'orders',
    exporter: 'jaeger-http',
    collectorUrl: 'https://orders:secret@collector/api/traces',
  },
  environment: {
    OTEL_BSP_SCHEDULE_DELAY: '1000',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod',
    JAEGER_AGENT_PORT: 'tcp://10.0.0.1:5775',
    TRACEWRIGHT_AGENT_HOST: 'jaeger-agent.tracing.svc',
  },
  stackOutputs: undefined,
};

/** The same application with three mistakes. */
const refused: TracingSources = {
  options: { serviceName: 'orders' },
  environment: {
    JAEGER_AGENT_PORT: '6831',
    TRACEWRIGHT_AGENT_PROTOCOL: 'binary',
    OTEL_BSP_MAX_QUEUE_SIZE: 'many',
    TRACEWRIGHT_INSTRUMENTATIONS: 'htpp',
  },
  stackOutputs: undefined,
};

/** The page of every setting: option, variables, stack outputs, default and what is allowed. */
export function settingsPage(settings: SettingsTable): string {
  return paragraphs(
    '# Configuration of the runtime',
    generatedFrom('runtime/src/tracing/configuration/settings'),
    'Each setting is taken from the first of these that gives it: the option in code, the environment, the stack outputs ' +
      '(`pulumi stack output --json`, by the option `stackOutputs` or `TRACEWRIGHT_STACK_OUTPUTS_FILE`), the default. Among ' +
      'variables for one setting, those of this project (`TRACEWRIGHT_`) stand before those of OpenTelemetry (`OTEL_`), and ' +
      "these before those of Jaeger's clients (`JAEGER_`); a row lists them in this order. An empty variable counts as not " +
      'set. A dash in the first column stands for variables that have no option.',
    '## Settings',
    table(
      ['option', 'environment', 'stack outputs', 'default', 'allowed', 'what it is'],
      settings.map((setting) => settingRow(setting)),
    ),
    '## Variables of Kubernetes',
    'Kubernetes sets variables for every Service of a namespace, and a Service `jaeger-agent` gets one that is called like a ' +
      'setting: `JAEGER_AGENT_PORT=tcp://10.0.0.1:5775`. What has the form of these variables is ignored, whoever set it.',
    '## What is in force',
    '`formatTracingConfig(describeTracingConfig(readTracingSources(options, host)))` says it, with secrets masked. Here for ' +
      'an application with options, variables and a Service that has such a name:',
    fenced('text', formatTracingConfig(describeTracingConfig(example))),
    '## What cannot be used',
    'Everything is checked when tracing starts, and a `ConfigurationError` lists all that is wrong:',
    fenced(
      'text',
      messageOf(() => parseTracingConfig(refused)),
    ),
  );
}

function settingRow(setting: Setting<unknown> | SettingWithDefault<unknown>): readonly string[] {
  const { option, variablesOnly, outputs = [], kind, about } = setting;
  return [
    variablesOnly === true ? '–' : code(option),
    variablesOf(setting).map(variableText).join(', '),
    outputs.map(({ path }) => code(path)).join(', '),
    fallbackText(setting),
    variablesOnly === true ? allowedInVariables(setting) : prose(kind.allowed),
    about,
  ];
}

function variableText({ name, note }: Variable<unknown>): string {
  return note === undefined ? code(name) : `${code(name)} (${note})`;
}

function allowedInVariables(setting: Setting<unknown>): string {
  const texts = variablesOf(setting).map(({ kind = setting.kind }) => kind.allowed);
  return prose([...new Set(texts)].join('; '));
}

function fallbackText(setting: Setting<unknown> | SettingWithDefault<unknown>): string {
  if (setting.fallbackText !== undefined) return setting.fallbackText;
  if (!('fallback' in setting)) return '';
  const { fallback } = setting;
  if (Array.isArray(fallback)) return code(fallback.join(','));
  if (typeof fallback === 'object') return 'none';
  return code(typeof fallback === 'string' ? fallback : JSON.stringify(fallback));
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('what the page of the settings shows as refused is not refused');
}
