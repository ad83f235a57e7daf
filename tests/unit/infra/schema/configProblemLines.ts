import { StackConfigError } from '../../../../infra/schema/stackConfigError.ts';

/** The problems that reading a configuration ends with, one line each, as a user reads them; none when it does not. */
export function configProblemLines(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof StackConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}
