import { execa } from 'execa';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The checkout that the tests belong to. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The local cluster of the tests, beside a developer's own `dev`. @defaultValue `test`, or `TRACEWRIGHT_TEST_CLUSTER` */
export const testCluster = process.env['TRACEWRIGHT_TEST_CLUSTER'] ?? 'test';

export interface CommandResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** Changes of the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @defaultValue 300 */
  readonly timeoutSeconds?: number;
  /** Told of each line of standard error as it is written. */
  readonly onStderrLine?: (line: string) => void;
}

/** Runs one of package.json's scripts as a user does. */
export async function npmRun(
  script: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const running = execa('npm', ['run', '--silent', script, '--', ...args], {
    cwd: options.cwd ?? checkout,
    env: { ...options.env },
    stdin: 'ignore',
    reject: false,
    timeout: (options.timeoutSeconds ?? 300) * 1000,
  });
  if (options.onStderrLine !== undefined) createInterface({ input: running.stderr }).on('line', options.onStderrLine);
  const result = await running;
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

/** Runs a script that must succeed and print one JSON object as its last line. */
export async function npmRunJson(
  script: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Record<string, unknown>> {
  const result = await npmRun(script, [...args, '--json'], options);
  if (result.exitCode !== 0)
    throw new Error(`npm run ${script} ended with ${result.exitCode ?? 'a signal'}:\n${result.stderr}`);
  const parsed: unknown = JSON.parse(result.stdout.split('\n').at(-1) ?? '');
  if (typeof parsed !== 'object' || parsed === null)
    throw new TypeError(`npm run ${script} printed no object: ${result.stdout}`);
  return { ...parsed };
}
