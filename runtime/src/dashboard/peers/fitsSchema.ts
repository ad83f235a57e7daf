import { z } from '@hono/zod-openapi';

/** What has so few values is checked at once: what is wrong with it has room. */
const FEW_VALUES = 1_000;

/**
 * Whether a schema accepts a value of JSON, given up at the first thing that is wrong. Zod gathers all that is wrong: sixteen
 * megabytes of rubbish, in the place of a list, are some gigabytes of that, and end the application.
 */
export function fitsSchema(schema: z.ZodType, value: unknown): boolean {
  if (isSmall(value)) return schema.safeParse(value).success;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodNullable) {
    return fitsSchema(schema.unwrap() as z.ZodType, value);
  }
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => fitsSchema(option as z.ZodType, value));
  if (Array.isArray(value)) return fitsList(schema, value);
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
    const given = value as Readonly<Record<string, unknown>>;
    return Object.entries(shape).every(([name, each]) => fitsSchema(each, given[name]));
  }
  if (schema instanceof z.ZodRecord) {
    return Object.values(value as object).every((each) => fitsSchema(schema.valueType as z.ZodType, each));
  }
  return schema instanceof z.ZodUnknown;
}

function fitsList(schema: z.ZodType, list: readonly unknown[]): boolean {
  if (schema instanceof z.ZodArray) return list.every((each) => fitsSchema(schema.element as z.ZodType, each));
  return schema instanceof z.ZodUnknown;
}

/** Looks at no more values than there may be. */
function isSmall(value: unknown): boolean {
  const waiting = [value];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const within: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (seen + waiting.length + within.length > FEW_VALUES) return false;
    waiting.push(...within);
  }
  return true;
}
