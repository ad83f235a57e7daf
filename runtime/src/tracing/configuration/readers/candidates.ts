import { isServiceVariable } from './kubernetesVariables.ts';
import type { Reading } from '../kinds/reading.ts';
import { type Output, type Setting, type Variable, variablesOf } from '../settings/setting.ts';
import type { TracingSources } from '../tracingSources.ts';
import { isRecord } from '../../../core/isRecord.ts';

/** How the source is named that a caller's options are. */
export const OPTIONS = 'options';

/** How one reading of a setting differs from what the setting says. */
export interface How {
  /** Lets variables count whose `when` is this. */
  readonly via?: string | undefined;
  /** The only paths of the stack outputs that count. @defaultValue all that the setting has */
  readonly outputs?: readonly string[];
  /** Whether nothing counts but the options. */
  readonly optionsOnly?: boolean;
  /** Whether every variable counts, whatever its `when`. */
  readonly every?: boolean;
}

/** What one source says about a setting. */
export interface Candidate<T> {
  readonly source: string;
  /** As it was given: for a problem, and never without a mask. */
  readonly given: unknown;
  readonly allowed: string;
  /** See `Variable.implied`. */
  readonly implied?: boolean | undefined;
  readonly read: () => Reading<T>;
}

/** What was given for a setting, the strongest first. The empty text counts as not given, as in OpenTelemetry. */
export function candidatesOf<T>(setting: Setting<T>, sources: TracingSources, how: How = {}): readonly Candidate<T>[] {
  const { via, outputs, optionsOnly, every } = how;
  if (optionsOnly === true) return fromOptions(setting, sources);
  const variables = variablesOf(setting).filter(({ when }) => every === true || when === undefined || when === via);
  const paths = (setting.outputs ?? []).filter(({ path }) => outputs?.includes(path) ?? true);
  return [
    ...fromOptions(setting, sources),
    ...variables.flatMap((variable) => fromVariable(setting, variable, sources)),
    ...paths.flatMap((output) => fromOutputs(setting, output, sources)),
  ];
}

function fromOptions<T>({ kind, option, variablesOnly }: Setting<T>, { options }: TracingSources): Candidate<T>[] {
  const given = variablesOnly === true ? undefined : valueAt(options, option);
  if (!isGiven(given)) return [];
  return [{ source: OPTIONS, given, allowed: kind.allowed, read: () => kind.fromValue(given) }];
}

function fromVariable<T>(setting: Setting<T>, variable: Variable<T>, { environment }: TracingSources): Candidate<T>[] {
  const { name, extract, implied } = variable;
  const whole = environment[name]?.trim() ?? '';
  if (whole === '' || isServiceVariable(name, whole)) return [];
  const text = (extract === undefined ? whole : extract(whole, environment))?.trim() ?? '';
  if (text === '') return [];
  const { allowed, fromText } = variable.kind ?? setting.kind;
  return [{ source: name, given: text, allowed, implied, read: () => fromText(text, environment) }];
}

function fromOutputs<T>(setting: Setting<T>, output: Output<T>, { stackOutputs }: TracingSources): Candidate<T>[] {
  const given = valueAt(stackOutputs, output.path);
  if (!isGiven(given)) return [];
  const { allowed, fromValue } = output.kind ?? setting.kind;
  return [{ source: `stack outputs: ${output.path}`, given, allowed, read: () => fromValue(given) }];
}

function valueAt(root: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), root);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '';
}
