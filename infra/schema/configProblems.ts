import type * as z from 'zod';
import { isRecord } from './isRecord.ts';
import type { ConfigProblem } from './stackConfigError.ts';

/**
 * What an issue of the schema says to a user: a problem for each unknown key, one for anything else.
 *
 * @param root - What was checked, for the value that is shown.
 * @param prefix - What stands before each key in a problem.
 */
export function problemsOf(issue: z.core.$ZodIssue, root: unknown, prefix: string): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    // One line of the message for each key: see `mapping`.
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      key: prefix + propertyPath([...issue.path, key]),
      message: messages[index] ?? issue.message,
    }));
  }
  const value = valueAt(root, issue.path);
  const key = prefix + propertyPath(issue.path);
  if (value === undefined) return [{ key, message: `is missing: ${issue.message}` }];
  const shown = shownValue(value, issue.path);
  return [shown === undefined ? { key, message: issue.message } : { key, value: shown, message: issue.message }];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** A path as it is written in a program: `services[0].param`. */
export function propertyPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

/** A value that is longer is cut: what is wrong with it is not its end. */
const longestShown = 200;

/** Keys whose value is nobody's business. */
const secretKey = /password|secret|token|private|credential/i;

/**
 * A value as a message may show it. Never a secret: not the encrypted ones, not credentials in an address, no private key,
 * nothing under a key that names a password.
 */
export function shownValue(value: unknown, path: readonly PropertyKey[]): string | undefined {
  if (path.some((step) => secretKey.test(String(step)))) return undefined;
  const json = jsonOf(value);
  if (json === undefined) return undefined;
  // A password may hold "/" and "@": everything up to the last "@" goes.
  const shown = json.replaceAll(/\/\/[^"]*@/g, '//(credentials)@');
  return shown.length <= longestShown ? shown : `${shown.slice(0, longestShown)}…`;
}

/** `undefined` for what JSON cannot say: a program may give a function, a big integer, or an object that is in itself. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (key, part: unknown) => {
      if (secretKey.test(key) || (isRecord(part) && 'secure' in part)) return '(secret)';
      return typeof part === 'string' && part.includes('PRIVATE KEY') ? '(private key)' : part;
    });
  } catch {
    return undefined;
  }
}
