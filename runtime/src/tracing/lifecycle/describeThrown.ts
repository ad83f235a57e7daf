/** Longer texts are cut: a record is for finding the crash, and is written while the process dies. */
const MAX_CHARACTERS = 16_384;

/** Texts about something that was thrown. */
export interface DescribedThrown {
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string;
}

/** Describes whatever was thrown, be it no error at all or one whose properties cannot be read. Never throws. */
export function describeThrown(thrown: unknown): DescribedThrown {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: read(() => String(thrown)), stacktrace: '' };
  return {
    type: read(() => thrown.name),
    message: read(() => thrown.message),
    stacktrace: read(() => thrown.stack ?? ''),
  };
}

function read(text: () => unknown): string {
  try {
    return String(text()).slice(0, MAX_CHARACTERS);
  } catch {
    return 'cannot be read';
  }
}
