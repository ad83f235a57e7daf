/**
 * Whether a pattern repeats without limit what repeats without limit itself, as `(a+)+` does: the time that it takes may double
 * with each character of the text.
 */
export function nestsRepetitions(pattern: RegExp): boolean {
  const { source } = pattern;
  /** Whether there is a repetition in each of the groups that are open, the whole pattern first. */
  const open: boolean[] = [false];
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '[') at = classEnd(source, at);
    else if (character === '(') open.push(false);
    else if (character === ')') {
      const inner = open.pop() ?? false;
      if (inner && isUnlimited(source, at + 1)) return true;
      if (inner) open[open.length - 1] = true;
    }
    if (character !== '(' && isUnlimited(source, at + 1)) open[open.length - 1] = true;
  }
  return false;
}

/** More than this often is as good as without limit. */
const MANY = 64;

function isUnlimited(source: string, at: number): boolean {
  const [, least = '', comma, most = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at, at + 24)) ?? [];
  if (source[at] === '*' || source[at] === '+') return true;
  if (comma === undefined) return false;
  return (comma === ',' && most === '') || Number(most === '' ? least : most) > MANY;
}

function classEnd(source: string, from: number): number {
  let at = from + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}
