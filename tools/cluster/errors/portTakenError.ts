/** Thrown when the port asked for on 127.0.0.1 is in use by somebody else. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  readonly listener: string | undefined;

  constructor(port: number, listener: string | undefined) {
    const who = listener === undefined ? 'another program' : listener;
    super(
      `Port ${String(port)} on 127.0.0.1, asked for as the API's port, is taken by ${who}. ` +
        'End that program, or name another port from 1024 to 65535, or none: then a free one is chosen.',
    );
    this.port = port;
    this.listener = listener;
  }
}
