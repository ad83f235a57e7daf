import { checkTracingOptions } from './readers/checkTracingOptions.ts';
import { checkStackOutputs } from './readers/checkStackOutputs.ts';
import { ConfigurationReader } from './readers/configurationReader.ts';
import { readCrashRecordFile } from './readers/readCrashRecordFile.ts';
import { rowsNotInForce } from './readers/rowsNotInForce.ts';
import { readBatch, readSpanLimits } from './readers/readLimits.ts';
import { readExporter } from './readers/readExporter.ts';
import { readResource } from './readers/readResource.ts';
import { readSampler } from './readers/readSampler.ts';
import type { SettingInForce } from './settingInForce.ts';
import { ALL_SETTINGS } from './settings/allSettings.ts';
import {
  HANDLE_SIGNALS,
  IGNORE_INCOMING_PATHS,
  INSTRUMENTATIONS,
  LOG_CORRELATION,
  ON_ERROR,
  PROPAGATORS,
  STACK_OUTPUTS,
} from './settings/behaviourSettings.ts';
import { SHUTDOWN_TIMEOUT_MILLIS } from './settings/limitSettings.ts';
import { DISABLED } from './settings/resourceSettings.ts';
import type { TracingConfig } from './tracingConfig.ts';
import type { TracingSources } from './tracingSources.ts';
import { isRecord } from '../../core/isRecord.ts';

/** A configuration, and where each of its values comes from. */
export interface ResolvedTracingConfig {
  readonly config: TracingConfig;
  /** In the order of the documentation; what is not in force stands behind. */
  readonly rows: readonly SettingInForce[];
}

/**
 * One complete configuration out of options, environment and stack outputs, in that order. Pure: the same sources give
 * the same answer, and nothing but them is looked at.
 *
 * @throws ConfigurationError with every problem at once.
 */
export function resolveTracingConfig(sources: TracingSources): ResolvedTracingConfig {
  const { options } = sources;
  const reader = new ConfigurationReader({ ...sources, options: isRecord(options) ? options : {} });
  checkTracingOptions(reader, options);
  reader.read(DISABLED);
  const config = readConfig(reader);
  readUnconfigured(reader);
  reader.throwIfAnything();
  return { config, rows: [...sorted(reader.rows), ...rowsNotInForce(reader)] };
}

function readConfig(reader: ConfigurationReader): TracingConfig {
  const { serviceName, resourceAttributes } = readResource(reader);
  const exporter = readExporter(reader);
  return {
    serviceName,
    resourceAttributes,
    exporter,
    batch: readBatch(reader, exporter),
    spanLimits: readSpanLimits(reader),
    sampler: readSampler(reader, exporter),
    propagators: reader.read(PROPAGATORS),
    instrumentations: reader.read(INSTRUMENTATIONS),
    logCorrelation: reader.read(LOG_CORRELATION),
    ignoreIncomingPaths: reader.read(IGNORE_INCOMING_PATHS),
    crashRecordFile: readCrashRecordFile(reader, serviceName),
    shutdownTimeoutMillis: reader.read(SHUTDOWN_TIMEOUT_MILLIS),
    handleSignals: reader.read(HANDLE_SIGNALS),
  };
}

/** What is checked and shown as well, and is no part of the configuration. */
function readUnconfigured(reader: ConfigurationReader): void {
  const outputs = reader.peek(STACK_OUTPUTS);
  if (outputs !== undefined)
    reader.note(STACK_OUTPUTS, typeof outputs.value === 'string' ? outputs.value : 'an object', outputs.source);
  checkStackOutputs(reader);
  const onError = reader.peek(ON_ERROR);
  if (onError !== undefined) reader.note(ON_ERROR, 'a function', onError.source);
}

function sorted(rows: readonly SettingInForce[]): readonly SettingInForce[] {
  const place = (row: SettingInForce): number =>
    ALL_SETTINGS.findIndex(({ option }) => row.option === option || row.option.startsWith(`${option}.`));
  return rows.toSorted((a, b) => place(a) - place(b));
}
