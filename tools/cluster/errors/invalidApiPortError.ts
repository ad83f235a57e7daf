/** Thrown when what was given as the API's port is no port that an ordinary program may take. */
export class InvalidApiPortError extends Error {
  override readonly name = 'InvalidApiPortError';
  readonly port: string;

  constructor(port: string) {
    super(
      `API port ${JSON.stringify(port)} is not allowed: ` +
        'use a whole number from 1024 to 65535, or leave it out: then a free one is chosen.',
    );
    this.port = port;
  }
}
