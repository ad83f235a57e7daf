import { execa } from 'execa';
import { fileURLToPath } from 'node:url';

/** The suites that have programs. */
export type ProgramSuite = 'tracing' | 'requests' | 'performance' | 'errors' | 'dashboard';

/** Runs a program of a suite on the repository's Node and reads the JSON that it prints. */
export async function runProgram(
  suite: ProgramSuite,
  name: string,
  args: readonly (string | number)[],
): Promise<unknown> {
  const { stdout } = await execa(process.execPath, [...nodeArguments(suite, name), ...args.map(String)]);
  return JSON.parse(stdout);
}

/** What Node is given to run a program from source; a collection can be asked for. */
export function nodeArguments(suite: ProgramSuite, name: string): readonly string[] {
  const file = fileURLToPath(new URL(`${suite}/program/${name}.ts`, import.meta.url));
  return ['--expose-gc', '--conditions=tracewright-source', '--no-warnings', file];
}
