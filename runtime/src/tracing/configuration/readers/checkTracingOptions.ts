import { suggestion } from '../../../core/closestName.ts';
import { OPTIONS } from './candidates.ts';
import type { ConfigurationReader } from './configurationReader.ts';
import { quoted } from '../kinds/maskedText.ts';
import { ALL_SETTINGS } from '../settings/allSettings.ts';
import { isRecord } from '../../../core/isRecord.ts';

/** Reports options that there are not, most of them misspelt, and groups of options that are no objects. */
export function checkTracingOptions(reader: ConfigurationReader, options: unknown): void {
  if (isRecord(options)) checkGroup(reader, '', options);
  else report(reader, 'options', options, 'an object');
}

function checkGroup(reader: ConfigurationReader, group: string, record: Readonly<Record<string, unknown>>): void {
  const known = namesIn(group);
  for (const [name, value] of Object.entries(record)) {
    const path = group === '' ? name : `${group}.${name}`;
    if (!known.includes(name))
      report(reader, path, value, `no option of this name; there are ${known.join(', ')}`, suggestion(name, known));
    else if (namesIn(path).length > 0 && value !== undefined) checkSubgroup(reader, path, value);
  }
}

function checkSubgroup(reader: ConfigurationReader, path: string, value: unknown): void {
  if (isRecord(value)) checkGroup(reader, path, value);
  else report(reader, path, value, `an object with ${namesIn(path).join(', ')}`, example(path, value));
}

/** A group is most easily taken for what its `kind` says: `sampler: 'always_on'`. */
function example(path: string, value: unknown): { readonly remedy?: string } {
  const kind = ALL_SETTINGS.find(({ option }) => option === `${path}.kind`)?.kind.fromValue(value);
  return kind?.taken === true ? { remedy: `write ${path}: { kind: ${quoted('', value)} }` } : {};
}

/** The names that may stand in a group; none where the path is no group. */
function namesIn(group: string): readonly string[] {
  const prefix = group === '' ? '' : `${group}.`;
  const inGroup = ALL_SETTINGS.filter(({ option }) => option.startsWith(prefix));
  return [...new Set(inGroup.map(({ option }) => option.slice(prefix.length).split('.')[0] ?? ''))];
}

function report(
  reader: ConfigurationReader,
  option: string,
  value: unknown,
  allowed: string,
  more: { readonly remedy?: string } = {},
): void {
  reader.report({
    option,
    // What was meant may be a secret too.
    value: quoted(`${option} ${more.remedy ?? ''}`, value),
    source: OPTIONS,
    allowed,
    ...more,
  });
}
