import { createRequire } from 'node:module';

const proxy: unknown = createRequire(import.meta.url)('@pulumi/policy/proxy.js');

/** What the engine sends in the place of values that it does not know yet, as @pulumi/policy itself has them (without types). */
export const engineUnknowns: readonly string[] = Object.entries(Object(proxy) as Readonly<Record<string, unknown>>)
  .filter((entry): entry is [string, string] => /^unknown\w+Value$/.test(entry[0]) && typeof entry[1] === 'string')
  .map(([, placeholder]) => placeholder);

/** The placeholder of a text. */
export const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
