import { resolveTracingConfig } from './resolveTracingConfig.ts';
import type { SettingInForce } from './settingInForce.ts';
import type { TracingSources } from './tracingSources.ts';

/**
 * Every setting that is in force, with its value and where it comes from, and what was given and is not in force. No
 * secret is in it: it may be logged.
 *
 * @throws ConfigurationError with every problem at once.
 */
export function describeTracingConfig(sources: TracingSources): readonly SettingInForce[] {
  return resolveTracingConfig(sources).rows;
}

/** The rows of `describeTracingConfig` as text: a line each, in columns. */
export function formatTracingConfig(rows: readonly SettingInForce[]): string {
  const width = (read: (row: SettingInForce) => string): number => Math.max(0, ...rows.map((row) => read(row).length));
  const optionWidth = width(({ option }) => option);
  const valueWidth = Math.min(
    MOST_VALUE_WIDTH,
    width(({ value }) => value),
  );
  const line = ({ option, value, source }: SettingInForce): string =>
    `${option.padEnd(optionWidth)}  ${value.padEnd(valueWidth)}  ${source}`;
  const notInForce = rows.filter(({ inForce }) => !inForce);
  return [
    ...rows.filter(({ inForce }) => inForce).map(line),
    ...(notInForce.length === 0 ? [] : ['', 'Given, and not in force:']),
    ...notInForce.map(line),
  ].join('\n');
}

// One long value does not push all sources off the screen.
const MOST_VALUE_WIDTH = 60;
