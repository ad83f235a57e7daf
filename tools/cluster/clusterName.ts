import { InvalidClusterNameError } from './errors/invalidClusterNameError.ts';

const NAME_PATTERN = /^[a-z](?:[-a-z0-9]{0,30}[a-z0-9])?$/;

/**
 * Checks a cluster's name, which becomes part of a host name, of paths and of a kubeconfig context.
 *
 * @returns the same text
 * @throws InvalidClusterNameError unless it is 1 to 32 characters of a-z, 0-9 and "-", a letter first and no "-" last.
 */
export function parseClusterName(text: string): string {
  if (NAME_PATTERN.test(text)) return text;
  throw new InvalidClusterNameError(text);
}
