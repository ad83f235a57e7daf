import type { StackFrame } from '../errorFacts.ts';
import { type CodeKind, functionLabel, shownFunction } from './functionLabel.ts';
import { isBuilt, isWritten, modulePath } from './modulePath.ts';

const FAR_RIGHT = 500;
const FIRST_LINES = 3;
const RIGHT_ON_FIRST_LINES = 160;
/** Whoever calls a function `up` has not written that much before it on one of the first lines. */
const RIGHT_WITH_SHORT_NAME = 40;

/** Functions whose work is to throw: what they are called by is where the error is. */
const THROWERS =
  /^(?:(?:assert|invariant|throw|fail)(?:$|[A-Z_])|(?:raise|panic|abort|unreachable)$|(?:[A-Z]|(?:create|make|new|build|to|http)[A-Z])\w{0,60}(?:Error|Exception)$|(?:create|make|new|build|to|http)(?:Error|Exception)$)/;

/** Where an error comes from. */
export interface ThrowSite {
  /** What of it is the same in every release; empty where nothing is. */
  readonly key: string;
  /** `src/orders.ts:12 total`; `undefined` where no frame is the application's. */
  readonly culprit: string | undefined;
  /** Whether any frame is the application's. */
  readonly isInApplication: boolean;
  /**
   * Whether the key names a function. Where it does not, all functions without names of a file would be one place: what was
   * worked on when it threw has to tell them apart.
   */
  readonly isNamed: boolean;
  /** The file that counts, where a minifier wrote it. */
  readonly minifiedFile: string | undefined;
}

/**
 * Whether a frame is in a file that a minifier wrote, as far as its place tells: nobody writes lines of 500 characters.
 * Names of functions are not to be trusted there, nor is the file, which bundles many.
 */
function isMinified({ file, line, column, functionName: name }: StackFrame): boolean {
  if (file === undefined || isWritten(file)) return false;
  if (/\.min\.[cm]?js(?:$|\?)/.test(file)) return true;
  if (column === undefined) return false;
  if (column > FAR_RIGHT) return true;
  if (line === undefined || line > FIRST_LINES) return false;
  if (column > RIGHT_ON_FIRST_LINES) return true;
  return column > RIGHT_WITH_SHORT_NAME && /^(?:async |new )*[\w$]{1,2}$/.test(name ?? '');
}

/**
 * The place that an error's frames name. One frame counts, the application's innermost one, and neither its line nor what
 * called it: through callbacks, through `await` and out of a queue the callers are others, and the error is the same.
 *
 * A function without a name is known by the function that it is called by at once or through `await`, where that is one of
 * the same file and no package is between them: mostly the one that it is written in, `items.map((item) => …)`. Where
 * there is none, as with a handler that a framework calls, the place is not named.
 */
export function throwSite(frames: readonly StackFrame[]): ThrowSite {
  const index = applicationFrame(frames);
  const frame = frames[index];
  if (frame === undefined) return siteOutside(frames);
  const { file } = frame;
  const isInBundle = isMinified(frame) || frames.some((other) => other.file === file && isMinified(other));
  const kind = isInBundle ? 'minified' : file === undefined || !isBuilt(file) ? 'written' : 'built';
  const own = functionLabel(frame.functionName, kind);
  const label = own === '' && !isInBundle ? enclosingLabel(frames, index, kind) : own;
  return {
    key: isInBundle || file === undefined ? label : `${modulePath(file)} ${label}`,
    culprit: culpritOf(frame),
    isInApplication: true,
    isNamed: label !== '',
    minifiedFile: isInBundle ? file : undefined,
  };
}

/** What is built into the language may be between: `Array.map`, `Promise.all`. */
function enclosingLabel(frames: readonly StackFrame[], index: number, kind: CodeKind): string {
  const { file } = frames[index] ?? {};
  for (let at = index + 1; at < frames.length; at += 1) {
    const frame = frames[at];
    if (frame?.file === undefined) continue;
    if (frame.file !== file) return '';
    const label = functionLabel(frame.functionName, kind);
    if (label !== '') return `in ${label}`;
  }
  return '';
}

/** Of a package before Node's, whose functions are others in each version. */
function siteOutside(frames: readonly StackFrame[]): ThrowSite {
  const installed = frames.find(({ file }) => file?.includes('node_modules') === true);
  const file = (installed ?? frames.find((frame) => frame.file !== undefined))?.file;
  return {
    key: file === undefined ? '' : modulePath(file),
    culprit: undefined,
    isInApplication: false,
    isNamed: false,
    minifiedFile: undefined,
  };
}

/** Where it is; behind the last one where there is none. */
function applicationFrame(frames: readonly StackFrame[]): number {
  let first = frames.length;
  for (const [index, frame] of frames.entries()) {
    if (!frame.isInApplication) continue;
    if (!isThrower(frame)) return index;
    first = Math.min(first, index);
  }
  return first;
}

function isThrower({ functionName: name }: StackFrame): boolean {
  const shown = shownFunction(name);
  return shown !== undefined && THROWERS.test(shown.slice(shown.lastIndexOf('.') + 1));
}

function culpritOf({ file, line, functionName: name }: StackFrame): string | undefined {
  const place = file === undefined ? '' : file + (line === undefined ? '' : `:${line}`);
  const shown = `${place} ${shownFunction(name) ?? ''}`.trim();
  return shown === '' ? undefined : shown.toWellFormed();
}
