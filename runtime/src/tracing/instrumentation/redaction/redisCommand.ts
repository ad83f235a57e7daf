/** What stands for a command whose name cannot be one: a whole command in one string, or bytes. */
const UNKNOWN_COMMAND = '?';

/**
 * A Redis command by its name and the number of its arguments: `SET [2 arguments]`. Keys and values hold session tokens and
 * personal data, scripts hold both, and none of them is looked at.
 */
export function describeRedisCommand(command: unknown, args: readonly unknown[]): string {
  const name = redisCommandName(command);
  return args.length === 0 ? name : `${name} [${args.length} ${args.length === 1 ? 'argument' : 'arguments'}]`;
}

/** The name of a command as the application wrote it, or `?` where it is none. */
export function redisCommandName(command: unknown): string {
  return typeof command === 'string' && /^[a-z][a-z0-9._-]{0,47}$/i.test(command) ? command : UNKNOWN_COMMAND;
}
