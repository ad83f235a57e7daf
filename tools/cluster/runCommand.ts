import { execa } from 'execa';
import { CommandFailedError } from './errors/commandFailedError.ts';

/** What {@link runCommand} takes beside the command. */
export interface RunCommandOptions {
  /** @defaultValue 60000 */
  readonly timeoutMillis?: number;
}

/**
 * Runs a program to its end and gives what it printed on standard output.
 *
 * @throws CommandFailedError with both outputs when it fails or takes too long.
 */
export async function runCommand(command: readonly string[], options: RunCommandOptions = {}): Promise<string> {
  const [program = '', ...rest] = command;
  const result = await execa(program, rest, {
    reject: false,
    all: true,
    timeout: options.timeoutMillis ?? 60_000,
    stdin: 'ignore',
  });
  if (!result.failed) return result.stdout;
  throw new CommandFailedError(command.join(' '), describeFailure(result), { cause: result });
}

/** What a failed program printed or, when it printed nothing, how it ended. */
export function describeFailure(result: {
  readonly all?: string | undefined;
  readonly shortMessage?: string | undefined;
}): string {
  const printed = result.all?.trim() ?? '';
  return printed === '' ? (result.shortMessage ?? '') : printed;
}
