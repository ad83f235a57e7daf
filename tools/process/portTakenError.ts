/** Thrown when a port on 127.0.0.1 that an option asks for is in use by somebody else. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly option: string;
  readonly port: number;
  /** The program that listens, where it can be known. */
  readonly listener: string | undefined;

  constructor(option: string, port: number, listener: string | undefined) {
    super(
      `--${option}: port ${port} on 127.0.0.1 is taken by ${listener ?? 'another program'}; ` +
        'end it, name another port, or leave the option out: then a free one is chosen.',
    );
    this.option = option;
    this.port = port;
    this.listener = listener;
  }
}
