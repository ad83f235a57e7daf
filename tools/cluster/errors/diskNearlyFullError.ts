const MEBIBYTE = 1024 * 1024;

/** Thrown before anything is written, when the file system of the cluster's state has too little room. */
export class DiskNearlyFullError extends Error {
  override readonly name = 'DiskNearlyFullError';
  readonly directory: string;
  readonly availableBytes: number;
  readonly requiredBytes: number;

  constructor(directory: string, availableBytes: number, requiredBytes: number) {
    super(
      `The disk that holds ${directory} has ${String(Math.floor(availableBytes / MEBIBYTE))} MiB free; ` +
        `the local cluster needs ${String(Math.ceil(requiredBytes / MEBIBYTE))} MiB. ` +
        'Free some room, or set XDG_STATE_HOME to a directory on a larger disk.',
    );
    this.directory = directory;
    this.availableBytes = availableBytes;
    this.requiredBytes = requiredBytes;
  }
}
