import { isApplicationSource, sourceName } from './sourceName.ts';

/** Where a frame is. */
export interface FrameLocation {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly isInApplication: boolean;
}

/** Built into JavaScript: `Array.map (<anonymous>)`, `async Promise.all (index 0)`. */
const BUILT_IN = /^(?:<anonymous>|native|unknown location|index \d+)$/;
/** Code from a text, which is no file: of `vm`, of `node --eval`, of a prompt, and modules that are URLs with their text. */
const FROM_TEXT = /^(?:evalmachine\.<anonymous>|\[eval|\[stdin\]|REPL\d|data:|blob:|<anonymous>$)/;
const EVAL = 'eval at ';
const POSITION = /:(\d{1,9})(?::(\d{1,9}))?$/;
const WASM = /^(wasm:\/\/.*):wasm-function\[\d+\]:0x[\da-f]+$/;
/** The place in the application that ran an innermost `eval`: nothing with a bracket in it. */
const EVAL_ORIGIN = /\(([^()]+)\)/;

/**
 * Reads what a stack says of a frame's place: `/app/main.js:3:14`, `file:///…`, `eval at run (/app/main.js:3:14), <anonymous>:1:7`.
 *
 * @returns `undefined` for what says no place
 */
export function parseLocation(text: string, workingDirectory: string): FrameLocation | undefined {
  if (BUILT_IN.test(text)) return { isInApplication: false };
  if (text.startsWith(EVAL)) return evalLocation(text, workingDirectory);
  const wasm = WASM.exec(text)?.[1];
  if (wasm !== undefined) return { file: wasm, isInApplication: true };
  const position = positionOf(text);
  if (position === undefined) return undefined;
  const name = text.slice(0, position.start);
  if (name === '') return undefined;
  if (FROM_TEXT.test(name)) return { ...position.place, isInApplication: true };
  const file = sourceName(name, workingDirectory);
  return { file, ...position.place, isInApplication: isApplicationSource(file) };
}

/** The line and the column are in the text that was run; whose it is, the place tells that ran it. */
function evalLocation(text: string, workingDirectory: string): FrameLocation {
  const origin = EVAL_ORIGIN.exec(text)?.[1];
  const isInApplication = (origin === undefined ? undefined : parseLocation(origin, workingDirectory))?.isInApplication;
  return { ...positionOf(text)?.place, isInApplication: isInApplication ?? true };
}

function positionOf(
  text: string,
): { readonly start: number; readonly place: Pick<FrameLocation, 'line' | 'column'> } | undefined {
  const found = POSITION.exec(text);
  if (found === null) return undefined;
  const [, line, column] = found;
  return {
    start: found.index,
    place: { ...numbered('line', line), ...numbered('column', column) },
  };
}

function numbered(name: 'line' | 'column', digits: string | undefined): Pick<FrameLocation, 'line' | 'column'> {
  const number = Number(digits);
  return number >= 1 ? { [name]: number } : {};
}
