import type { Setting, SettingWithDefault } from './setting.ts';
import * as behaviour from './behaviourSettings.ts';
import * as exporter from './exporterSettings.ts';
import * as limits from './limitSettings.ts';
import * as resource from './resourceSettings.ts';
import * as sampler from './samplerSettings.ts';

/** Every setting, in the order of the documentation and of what describes the one in force. */
export const ALL_SETTINGS: readonly (Setting<unknown> | SettingWithDefault<unknown>)[] = [
  resource.DISABLED,
  resource.SERVICE_NAME,
  resource.RESOURCE_ATTRIBUTES,
  exporter.EXPORTER,
  exporter.IMPLIED_EXPORTER,
  exporter.OTLP_PROTOCOL,
  exporter.AGENT_HOST,
  exporter.AGENT_PORT,
  exporter.AGENT_PROTOCOL,
  exporter.AGENT_MAX_PACKET_BYTES,
  exporter.COLLECTOR_URL,
  exporter.COLLECTOR_USERNAME,
  exporter.COLLECTOR_PASSWORD,
  exporter.COLLECTOR_TOKEN,
  exporter.OTLP_ENDPOINT,
  exporter.OTLP_HEADERS,
  limits.BATCH_MAX_QUEUE_SIZE,
  limits.BATCH_MAX_EXPORT_BATCH_SIZE,
  limits.BATCH_SCHEDULED_DELAY_MILLIS,
  limits.BATCH_EXPORT_TIMEOUT_MILLIS,
  limits.ATTRIBUTE_COUNT_LIMIT,
  limits.ATTRIBUTE_VALUE_LENGTH_LIMIT,
  limits.EVENT_COUNT_LIMIT,
  limits.LINK_COUNT_LIMIT,
  sampler.SAMPLER_KIND,
  sampler.SAMPLER_CONSTANT,
  sampler.SAMPLER_PARENT_BASED,
  sampler.SAMPLER_RATIO,
  sampler.SAMPLER_MAX_TRACES_PER_SECOND,
  sampler.SAMPLER_URL,
  sampler.SAMPLER_POLLING_INTERVAL_MILLIS,
  sampler.SAMPLER_INITIAL_SAMPLE_RATIO,
  behaviour.PROPAGATORS,
  behaviour.INSTRUMENTATIONS,
  behaviour.LOG_CORRELATION,
  behaviour.IGNORE_INCOMING_PATHS,
  behaviour.CRASH_RECORD_FILE,
  limits.SHUTDOWN_TIMEOUT_MILLIS,
  behaviour.HANDLE_SIGNALS,
  behaviour.STACK_OUTPUTS,
  behaviour.ON_ERROR,
];
