/** Thrown when no port of the range that is tried on 127.0.0.1 is free. */
export class NoFreePortError extends Error {
  override readonly name = 'NoFreePortError';
  readonly firstPort: number;
  readonly lastPort: number;

  constructor(firstPort: number, lastPort: number) {
    super(
      `Every port from ${String(firstPort)} to ${String(lastPort)} on 127.0.0.1 is taken. ` +
        'Name a free one from 1024 to 65535 as the API port.',
    );
    this.firstPort = firstPort;
    this.lastPort = lastPort;
  }
}
