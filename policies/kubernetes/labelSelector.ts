import { entries, field, isMapping, pairs, text } from './fields.ts';

/**
 * Whether a label selector (`matchLabels`, `matchExpressions`) selects what carries some labels. An empty one selects everything, one
 * that is not there nothing.
 * @throws UnknownFieldError
 */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  if (!isMapping(selector)) return false;
  return (
    pairs(field(selector, 'matchLabels')).every(([name, value]) => labelOf(labels, name) === value) &&
    entries(field(selector, 'matchExpressions')).every((expression) => isMet(expression, labels))
  );
}

/** Whether a selector asks for nothing at all, so that it selects everything. @throws UnknownFieldError */
export function selectsEverything(selector: unknown): boolean {
  return (
    isMapping(selector) &&
    pairs(field(selector, 'matchLabels')).length === 0 &&
    entries(field(selector, 'matchExpressions')).length === 0
  );
}

function isMet(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labelOf(labels, text(field(expression, 'key')) ?? '');
  const values = entries(field(expression, 'values'));
  switch (field(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

function labelOf(labels: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}
