import { Ajv, type ErrorObject } from 'ajv';
import { configurationSchema } from '../../policies/configuration/configurationSchema.ts';
import type { PolicyConfiguration } from '../../policies/configuration/resolveSettings.ts';
import { parseQuantity } from '../../policies/kubernetes/quantity.ts';
import type { Rule } from '../../policies/rule.ts';
import { isRecord } from '../values/isRecord.ts';
import { describeProblem, type InvalidValue } from './describeProblem.ts';

/** A configuration that keeps to the schema, or all that is wrong with it. */
export type Validated =
  | { readonly configuration: PolicyConfiguration; readonly problems?: never }
  | { readonly configuration?: never; readonly problems: readonly InvalidValue[] };

/** Checks values by the schema of a configuration for these rules. */
export function configurationValidator(rules: readonly Rule[]): (value: unknown) => Validated {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false });
  ajv.addFormat('regex', isRegularExpression).addFormat('quantity', (text) => parseQuantity(text) !== undefined);
  const isConfiguration = ajv.compile<PolicyConfiguration>(configurationSchema(rules));
  return (value) => {
    const content = value ?? {};
    const valid = isConfiguration(content);
    const problems = [
      ...(isConfiguration.errors ?? []).filter(isMeant).map((error) => describeProblem(error, content, rules)),
      ...impossibleDates(content),
    ];
    return valid && problems.length === 0 ? { configuration: content } : { problems: withoutRepeats(problems) };
  };
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** A rule is given a level or a mapping: what the form that was not chosen asks, is not meant. */
function isMeant({ keyword, schemaPath, data }: ErrorObject): boolean {
  if (keyword === 'anyOf' || schemaPath.endsWith('/anyOf/1/type')) return false;
  return !(schemaPath.endsWith('/anyOf/0/enum') && isRecord(data));
}

/** The schema knows no calendar. */
function impossibleDates(content: unknown): readonly InvalidValue[] {
  const exemptions = isRecord(content) ? content['exemptions'] : undefined;
  if (!Array.isArray(exemptions)) return [];
  return exemptions.flatMap((exemption: unknown, index) => {
    const expires = isRecord(exemption) ? exemption['expires'] : undefined;
    if (typeof expires !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(expires) || isDay(expires)) return [];
    return [
      { path: ['exemptions', index, 'expires'], message: `= "${expires}": must be a day of the calendar: 2027-01-31` },
    ];
  });
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A wrong value may break several keywords, which are answered in the same words. */
function withoutRepeats(problems: readonly InvalidValue[]): readonly InvalidValue[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
