import { code, table } from '../markdown.ts';
import type { DescribedKey, Fallback } from './describeSchema.ts';

/** The keys of one schema under the name of the environment whose schema it is. */
export type KeysByEnvironment = ReadonlyMap<string, readonly DescribedKey[]>;

/** One key with what each environment makes of it. */
interface MergedKey {
  readonly key: DescribedKey;
  /** By environment; an environment whose schema lacks the key has none. */
  readonly fallbacks: ReadonlyMap<string, string>;
}

/** All keys of one top-level key, or the top-level keys that have none below them. */
export interface ConfigurationSection {
  readonly title: string;
  readonly intro: string;
  /** Tables, each with the form of the enclosing key that it belongs to; the first one is of the keys that are always there. */
  readonly tables: readonly { readonly variant: string; readonly text: string }[];
}

/** The keys of all environments as sections: first the single keys, then each mapping by itself. */
export function configurationSections(keys: KeysByEnvironment): readonly ConfigurationSection[] {
  const merged = mergeKeys(keys);
  const environments = [...keys.keys()];
  const named = Map.groupBy(merged, ({ key }) => sectionOf(key));
  const withKeys = [...named].filter(([, group]) => group.some(({ key }) => key.path.includes('.')));
  const single = merged.filter(({ key }) => !withKeys.some(([title]) => title === sectionOf(key)));
  return [
    { title: 'The stack', intro: '', tables: [{ variant: '', text: keyTable(single, environments) }] },
    ...withKeys.map(([title, group]) => section(title, group, environments)),
  ];
}

function sectionOf({ path }: DescribedKey): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}

function section(title: string, group: readonly MergedKey[], environments: readonly string[]): ConfigurationSection {
  const first = group[0];
  const rows = group.filter(({ key, fallbacks }) => isWorthARow(key, fallbacks));
  const tables = [...Map.groupBy(rows, ({ key }) => key.variant)].map(([variant, part]) => ({
    variant,
    text: keyTable(part, environments),
  }));
  const ownRow = first !== undefined && rows.includes(first);
  return { title, intro: ownRow ? '' : (first?.key.description ?? ''), tables };
}

/** A mapping that may be left out key by key says nothing that its keys do not say; nor does an entry of a list of mappings. */
function isWorthARow({ form, path }: DescribedKey, fallbacks: ReadonlyMap<string, string>): boolean {
  if (form === 'value' || form === 'list') return true;
  return !isEntry(path) && [...fallbacks.values()].some((fallback) => fallback !== code('{}'));
}

function isEntry(path: string): boolean {
  return path.endsWith('[]') || path.endsWith('.<key>');
}

function mergeKeys(keys: KeysByEnvironment): readonly MergedKey[] {
  const merged = new Map<string, { key: DescribedKey; fallbacks: Map<string, string> }>();
  for (const [environment, described] of keys) {
    for (const key of described) {
      const id = `${key.variant}\n${key.path}`;
      const known = merged.get(id) ?? { key, fallbacks: new Map<string, string>() };
      known.fallbacks.set(environment, isEntry(key.path) ? '' : shownFallback(key.fallback));
      merged.set(id, known);
    }
  }
  return [...merged.values()];
}

function shownFallback(fallback: Fallback): string {
  if (fallback.kind === 'required') return '**required**';
  if (fallback.kind === 'nothing') return '–';
  return code(typeof fallback.value === 'string' ? fallback.value : JSON.stringify(fallback.value));
}

/** One column of defaults, or one for each environment where any key of the table has different ones. */
function keyTable(keys: readonly MergedKey[], environments: readonly string[]): string {
  const differ = keys.some(
    ({ fallbacks }) => new Set(environments.map((environment) => fallbacks.get(environment))).size > 1,
  );
  const columns = differ ? environments : ['default'];
  return table(
    ['key', 'allowed', ...columns, 'what it is'],
    keys.map(({ key, fallbacks }) => [
      code(key.path),
      escaped(key.allowed),
      ...columns.map((column) => fallbacks.get(differ ? column : (environments[0] ?? '')) ?? 'no such key'),
      escaped(key.description),
    ]),
  );
}

/** Words of messages are no Markdown: a cron expression's `*` is not the beginning of emphasis. */
function escaped(text: string): string {
  return text.replaceAll(/[*_<>]/g, String.raw`\$&`);
}
