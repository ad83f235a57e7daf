import type { ParameterSchema, ParameterSchemas } from '../../../policies/parameters.ts';
import { code, prose, table } from '../markdown.ts';

/** The parameters of a rule; empty where it has none. */
export function parameterTable(parameters: ParameterSchemas): string {
  const rows = Object.entries(parameters).map(([name, schema]) => [
    code(name),
    typeText(schema),
    code(JSON.stringify(schema.default)),
    allowedText(schema),
    prose(schema.description),
  ]);
  return rows.length === 0 ? '' : table(['parameter', 'type', 'default', 'allowed', 'what it is'], rows);
}

function typeText(schema: ParameterSchema): string {
  switch (schema.type) {
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    case 'string':
      return formatText(schema.format);
    case 'array':
      return `list of ${schema.items.format === 'regex' ? 'regular expressions' : 'texts'}`;
  }
}

function formatText(format: 'regex' | 'quantity' | undefined): string {
  if (format === undefined) return 'text';
  return format === 'regex' ? 'regular expression' : 'quantity';
}

function allowedText(schema: ParameterSchema): string {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.maximum === undefined ? `${schema.minimum} or more` : `${schema.minimum} to ${schema.maximum}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return schema.enum === undefined ? 'any' : schema.enum.map((value) => code(JSON.stringify(value))).join(', ');
    case 'array':
      return 'any';
  }
}
