import { z } from 'zod';

/**
 * A list that is given up at the first item that is wrong. Zod's own gathers what is wrong with all of them: a megabyte of
 * rubbish would make a gigabyte of it.
 */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(z.unknown()).transform((items, context): z.output<Item>[] => {
    const parsed: z.output<Item>[] = [];
    for (const [index, each] of items.entries()) {
      const result = item.safeParse(each);
      if (!result.success) return givenUp(context, index, result.error);
      parsed.push(result.data);
    }
    return parsed;
  });
}

/** An object with any names, whose values are all of one kind: given up as `listOf` is. */
export function tableOf<Item extends z.ZodType>(item: Item) {
  return z.custom<object>(isPlainObject, 'Invalid input: expected object').transform((table, context) => {
    const parsed: [string, z.output<Item>][] = [];
    for (const [name, each] of Object.entries(table)) {
      const result = item.safeParse(each);
      if (!result.success) return givenUp(context, name, result.error);
      parsed.push([name, result.data]);
    }
    // Names such as `__proto__` are names like any other here.
    return Object.fromEntries(parsed);
  });
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function givenUp({ issues }: z.RefinementCtx, at: PropertyKey, error: z.ZodError): never {
  const issue = error.issues[0];
  const message = issue?.message ?? 'Invalid input';
  issues.push({ code: 'custom', input: undefined, message, path: [at, ...(issue?.path ?? [])] });
  return z.NEVER;
}
