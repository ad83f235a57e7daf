import { execa } from 'execa';
import { fileURLToPath } from 'node:url';

/** Runs a program of the suite on the repository's Node and reads the JSON that it prints. */
export async function runProgram(name: string, args: readonly (string | number)[]): Promise<unknown> {
  const { stdout } = await execa(process.execPath, [...nodeArguments(name), ...args.map(String)]);
  return JSON.parse(stdout);
}

/** What Node is given to run a program from source; a collection can be asked for. */
export function nodeArguments(name: string): readonly string[] {
  const file = fileURLToPath(new URL(`program/${name}.ts`, import.meta.url));
  return ['--expose-gc', '--conditions=tracewright-source', '--no-warnings', file];
}
