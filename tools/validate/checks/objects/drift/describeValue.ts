import { isRecord } from '../../../../values/isRecord.ts';
import { isSecretValue } from '../../../declaredObject.ts';

const longest = 80;

/** A value as a reader is shown it: short, and no secret. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (isSecretValue(value)) return 'a secret';
  if (typeof value === 'string') return shorten(JSON.stringify(value));
  return shorten(
    JSON.stringify(value, (_, inner: unknown) => (isRecord(inner) && isHidden(inner) ? hide(inner) : inner)),
  );
}

/** Two texts that are not the same: of long ones, what is around the first place where they part. */
export function describeTexts(declared: string, live: string): { readonly expected: string; readonly found: string } {
  if (declared.length <= longest && live.length <= longest)
    return { expected: JSON.stringify(declared), found: JSON.stringify(live) };
  const length = Math.min(declared.length, live.length);
  let parting = 0;
  while (parting < length && declared[parting] === live[parting]) parting += 1;
  const part = (text: string): string => {
    const start = Math.max(0, parting - 20);
    return `${start > 0 ? '…' : ''}${shorten(JSON.stringify(text.slice(start, start + longest - 20)))}${start + longest - 20 < text.length ? '…' : ''} (at character ${parting + 1})`;
  };
  return { expected: part(declared), found: part(live) };
}

/** An entry of an environment may hold what nobody should read. */
function isHidden(value: Readonly<Record<string, unknown>>): boolean {
  return isSecretValue(value) || (typeof value['name'] === 'string' && 'value' in value);
}

function hide(value: Readonly<Record<string, unknown>>): unknown {
  return isSecretValue(value) ? 'a secret' : { name: value['name'] };
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
