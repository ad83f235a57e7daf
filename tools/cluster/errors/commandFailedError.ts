/** Thrown when a program that the cluster is built with fails. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError';
  readonly command: string;
  readonly output: string;

  constructor(command: string, output: string, options?: ErrorOptions) {
    super(`"${command}" failed: ${output.trim() === '' ? 'it printed nothing' : output.trim()}`, options);
    this.command = command;
    this.output = output;
  }
}
