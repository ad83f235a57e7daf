import { entries, field, isRecord, pairs, text } from './fields.ts';

/** What a selector asks of one label. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** What a selector asks of labels, all of it together. An empty one asks nothing, and takes all. */
export type LabelSelector = readonly LabelRequirement[];

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Reads a selector with `matchLabels` and `matchExpressions`.
 *
 * @returns `undefined` for what selects nothing: no selector at all, or one that the API server refuses.
 * @throws UnknownFieldError
 */
export function labelSelectorOf(value: unknown): LabelSelector | undefined {
  if (!isRecord(value)) return undefined;
  const requirements = [
    ...pairs(field(value, 'matchLabels')).map(([key, content]) => equality(key, content)),
    ...entries(field(value, 'matchExpressions')).map(expression),
  ];
  return allDefined(requirements) ? requirements : undefined;
}

/**
 * Reads a selector that is a mapping of labels, as a Service has it.
 *
 * @returns `undefined` where there is none, or an empty one: whoever has such a selector selects nothing by it.
 * @throws UnknownFieldError
 */
export function labelMapSelectorOf(value: unknown): LabelSelector | undefined {
  const requirements = pairs(value).map(([key, content]) => equality(key, content));
  return requirements.length > 0 && allDefined(requirements) ? requirements : undefined;
}

/** Whether something with these labels is selected. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
    }
  });
}

function equality(key: string, value: unknown): LabelRequirement | undefined {
  const content = text(value);
  return content === undefined ? undefined : { key, operator: 'In', values: [content] };
}

function expression(value: unknown): LabelRequirement | undefined {
  const key = text(field(value, 'key'));
  const operator = field(value, 'operator');
  const values = entries(field(value, 'values')).filter((entry): entry is string => typeof entry === 'string');
  if (key === undefined) return undefined;
  if (operator === 'Exists' || operator === 'DoesNotExist') return { key, operator, values: [] };
  const isSet = operator === 'In' || operator === 'NotIn';
  return isSet && values.length > 0 ? { key, operator, values } : undefined;
}

function allDefined<Entry>(list: readonly (Entry | undefined)[]): list is readonly Entry[] {
  return list.every((entry) => entry !== undefined);
}
