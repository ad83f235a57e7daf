import type { StackFrame } from '../errorFacts.ts';
import { parseLocation } from './frameLocation.ts';

const MOST_FRAMES = 50;
/** What is longer is no line of V8's, but for modules that are URLs with their text. */
const LONGEST_LINE = 2048;
const MOST_NAME_LENGTH = 200;
const MOST_FILE_LENGTH = 500;
/** A function may be called `async`: ` (` comes after its name. */
const LINE_START = /^\s*at (?:(async) (?!\())?/;
/** How places begin; a name can have brackets in it, and a path as well. */
const PLACE_START =
  /^(?:\/|\\\\|[A-Za-z]:[\\/]|[A-Za-z][A-Za-z\d+.-]+:|eval at |<anonymous>|native\)|index \d|evalmachine\.|\[eval|\[stdin\])/;
/** What functions without a name are called, by V8 or after the object they are called on. */
const NAMELESS = /(?:^|\.)<anonymous>$/;

/** What the parser needs. */
export interface StackParserOptions {
  /** With `/` at its end, see `directoryPrefix`. */
  readonly workingDirectory: string;
  /** Makes a name fit to be kept. */
  readonly clean: (text: string, maxLength: number) => string;
}

/**
 * The frames of a stack as V8 writes it, the innermost call first, 50 at most. Lines that are no frames are passed over. Never
 * throws, and its work is bounded by the length of the text. Frozen.
 */
export function parseStack(text: string, options: StackParserOptions): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (let start = 0; start <= text.length && frames.length < MOST_FRAMES;) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak === -1 ? text.length : lineBreak;
    const frame = end - start > LONGEST_LINE ? undefined : parseFrame(text.slice(start, end), options);
    if (frame !== undefined) frames.push(frame);
    start = end + 1;
  }
  return Object.freeze(frames);
}

function parseFrame(line: string, { workingDirectory, clean }: StackParserOptions): StackFrame | undefined {
  const found = LINE_START.exec(line);
  if (found === null) return undefined;
  const { name, place } = partsOf(line.slice(found[0].length).trimEnd());
  const location = parseLocation(place, workingDirectory);
  if (location === undefined) return undefined;
  const functionName = shownName(name);
  const { file, ...rest } = location;
  return Object.freeze({
    ...(functionName !== undefined && { functionName: clean(functionName, MOST_NAME_LENGTH) }),
    ...(file !== undefined && { file: clean(file, MOST_FILE_LENGTH) }),
    ...rest,
    isAsync: found[1] !== undefined,
  });
}

/** `name (place)`, or a place alone. */
function partsOf(text: string): { readonly name: string; readonly place: string } {
  const bracket = text.endsWith(')') ? placeBracket(text) : -1;
  return bracket === -1
    ? { name: '', place: text }
    : { name: text.slice(0, bracket), place: text.slice(bracket + 2, -1) };
}

/** Where ` (` begins a place; the last one, where none looks like it. */
function placeBracket(text: string): number {
  let bracket = text.indexOf(' (');
  let last = -1;
  while (bracket !== -1) {
    if (PLACE_START.test(text.slice(bracket + 2, bracket + 40))) return bracket;
    last = bracket;
    bracket = text.indexOf(' (', bracket + 1);
  }
  return last;
}

/** Without ` [as other]`, the property under which it was called. */
function shownName(name: string): string | undefined {
  const alias = name.endsWith(']') ? name.lastIndexOf(' [as ') : -1;
  const declared = alias === -1 ? name : name.slice(0, alias);
  return declared === '' || NAMELESS.test(declared) ? undefined : declared;
}
