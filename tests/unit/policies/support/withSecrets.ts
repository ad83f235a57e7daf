import { entries, field, isRecord } from '../../../../policies/kubernetes/fields.ts';

/** An object whose environment variables and, in a Secret, whose data have one value. */
export function withSecrets(body: unknown, value: string): unknown {
  if (field(body, 'kind') !== 'Secret') return withVariables(body, value);
  const all = (mapping: unknown): unknown =>
    isRecord(mapping) ? Object.fromEntries(Object.keys(mapping).map((name) => [name, value])) : mapping;
  return {
    ...(isRecord(body) ? body : {}),
    data: all(field(body, 'data')),
    stringData: all(field(body, 'stringData')),
  };
}

function withVariables(content: unknown, value: string): unknown {
  if (Array.isArray(content)) return content.map((entry: unknown) => withVariables(entry, value));
  if (!isRecord(content)) return content;
  const fields = Object.entries(content).map(([name, inner]) => [
    name,
    name === 'env' ? entries(inner).map((variable) => withValue(variable, value)) : withVariables(inner, value),
  ]);
  return Object.fromEntries(fields);
}

function withValue(variable: unknown, value: string): unknown {
  return isRecord(variable) && typeof variable['value'] === 'string' ? { ...variable, value } : variable;
}
