import type { TextRedactor } from '../../core/textRedactor.ts';
import { originOf, redactError } from '../instrumentation/redaction/recordedError.ts';

/** Longer messages are cut: a record is for finding the crash, and is written while the process dies. */
const MAX_MESSAGE_CHARACTERS = 16_384;
/** A stack trace begins with the message: the whole of one that was cut has to fit in, to be found and redacted there. */
const MAX_STACKTRACE_CHARACTERS = 2 * MAX_MESSAGE_CHARACTERS;

/** Texts about something that was thrown. */
export interface DescribedThrown {
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string;
}

/**
 * Describes whatever was thrown, be it no error at all or one whose properties cannot be read. What must not leave the
 * process is taken out as it is of the errors in spans. Never throws.
 */
export function describeThrown(thrown: unknown, redactor: TextRedactor): DescribedThrown {
  if (!(thrown instanceof Error))
    return redact(redactor, {
      type: typeof thrown,
      ...cut(
        read(() => thrown),
        '',
      ),
    });
  const { message, stacktrace } = cut(
    read(() => thrown.message),
    read(() => thrown.stack ?? ''),
  );
  const type = read(() => thrown.name);
  return redact(redactor, { type, message, stacktrace }, codeOf(thrown));
}

function cut(message: string, stacktrace: string): Omit<DescribedThrown, 'type'> {
  const kept = message.slice(0, MAX_MESSAGE_CHARACTERS);
  return { message: kept, stacktrace: stacktrace.replace(message, () => kept).slice(0, MAX_STACKTRACE_CHARACTERS) };
}

/** @param code - what PostgreSQL's errors, which are all of one class, say that they mean */
function redact(redactor: TextRedactor, described: DescribedThrown, code?: string): DescribedThrown {
  const origin = originOf(described);
  const redactText = (text: string): string => redactor.redact(text);
  const type = origin === 'postgresql' ? (code ?? described.type) : described.type;
  const { message = '', stacktrace = '' } = redactError({ ...described, type }, redactText, origin);
  return {
    type: described.type,
    // What the runtime says in the place of a database's words names tables and constraints.
    message: redactor.redactByOwnRules(message),
    stacktrace: redactor.redactByOwnRules(stacktrace),
  };
}

function codeOf(error: Error): string | undefined {
  try {
    return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  } catch {
    return undefined;
  }
}

function read(text: () => unknown): string {
  try {
    return String(text());
  } catch {
    return 'cannot be read';
  }
}
