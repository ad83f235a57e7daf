import { execa } from 'execa';
import { fileURLToPath } from 'node:url';

/** Runs a program of a suite on the repository's Node and reads the JSON that it prints. */
export async function runProgram(
  name: string,
  args: readonly (string | number)[],
  suite: 'tracing' | 'requests' = 'tracing',
): Promise<unknown> {
  const { stdout } = await execa(process.execPath, [...nodeArguments(name, suite), ...args.map(String)]);
  return JSON.parse(stdout);
}

/** What Node is given to run a program from source; a collection can be asked for. */
export function nodeArguments(name: string, suite: 'tracing' | 'requests' = 'tracing'): readonly string[] {
  const file = fileURLToPath(new URL(`${suite}/program/${name}.ts`, import.meta.url));
  return ['--expose-gc', '--conditions=tracewright-source', '--no-warnings', file];
}
