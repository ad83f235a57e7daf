import { fileURLToPath } from 'node:url';

/** The repository's root directory. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Arguments that run a TypeScript file of this repository with tracing from its source. */
export function tracedFromSource(file: string): readonly string[] {
  return ['--conditions=tracewright-source', '--import', '@tracewright/runtime/register', file];
}
