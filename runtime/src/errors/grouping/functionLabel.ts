const MOST_READ = 256;
/** What compilers add to carry out async functions and generators, and callbacks of the engine's own. */
const MACHINERY: ReadonlySet<string> = new Set([
  '__awaiter',
  '__generator',
  'asyncGeneratorStep',
  'fulfilled',
  'rejected',
  '_asyncToGenerator',
  '<anonymous>',
  'anonymous',
  'default',
]);

/**
 * The name of a frame's function as people write it: without `async` and `new`, the receivers `Object` and the like.
 *
 * @returns `undefined` for functions without a name
 */
export function shownFunction(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const text = name
    .slice(0, MOST_READ)
    .replace(/^(?:async |new |Promise\.all \(index \d+\)|get |set )+/, '')
    .replace(/^(?:Object|Function|Module|global|globalThis|exports|undefined|null)\./, '');
  const own = text.slice(text.lastIndexOf('.') + 1);
  return own === '' || MACHINERY.has(own) ? undefined : text;
}

/** Who wrote the file that a function is in: names are to be trusted as far as nobody but people made them. */
export type CodeKind = 'written' | 'built' | 'minified';

/** Node's objects that call functions of the application's as their own: a timer, or nobody, the function is the same. */
const CALLERS =
  /^(?:Timeout|Immediate|EventEmitter|EventTarget|AbortSignal|MessagePort|Worker|AsyncResource|process|(?:TLS)?Socket|(?:Https?|TLS|Http2\w*)?Server|IncomingMessage|ServerResponse|ClientRequest|Agent|(?:File)?(?:Read|Write)(?:able)?(?:Stream)?|Readable|Writable|Duplex|Transform|PassThrough|ChildProcess|Array|Map|Set|Promise|Proxy|String|Number|Boolean)\./;
/** esbuild tells functions of the same name apart by a number from 2 on; `parseV2` is a name of somebody's. */
const APPENDED_NUMBER = /(?<=[^\dVv])(?:[2-9]|[1-9]\d+)$/;

/**
 * What of a function's name is the same in every build, as far as it can be told.
 *
 * Where people wrote the file that is the whole name, with the class. Of what a compiler or bundler wrote (`built`) a number is
 * left out that tells functions of one name apart (`total2`); of both what is never a part of a name (`total$1`, `_Order`). Of
 * a minified file it is the own name without the class of the receiver, which minifiers shorten, and without any number.
 *
 * @returns the empty text where there is no name, or one that a minifier may have made up
 */
export function functionLabel(name: string | undefined, kind: CodeKind): string {
  const shown = shownFunction(name);
  if (shown === undefined) return '';
  const dot = shown.lastIndexOf('.');
  const own = withoutMarks(shown.slice(dot + 1));
  if (kind === 'minified') {
    const bare = own.replace(/\d+$/, '');
    return isTrusted(bare, dot < 0) ? bare : '';
  }
  const receiver = dot < 0 || CALLERS.test(shown) ? '' : `${withoutMarks(shown.slice(0, dot))}.`;
  if (kind === 'written') return receiver + own;
  return receiver.replace(/\d+(?=\.$)/, '') + own.replace(APPENDED_NUMBER, '');
}

/** What bundlers add before and behind; of what is nothing else, all is kept. */
function withoutMarks(name: string): string {
  const bare = name.replace(/^[_#]+/, '').replace(/\$\d+$/, '');
  return bare === '' ? name : bare;
}

/** Minifiers give names of one letter, then of two, and of three to what is left of large bundles. */
function isTrusted(name: string, mayBeShortened: boolean): boolean {
  return name.length >= (mayBeShortened ? 4 : 3) && !/^0x[0-9a-f]+$/i.test(name);
}

/** The name of a class, and `undefined` where a minifier may have made it up. */
export function classLabel(name: string): string | undefined {
  const own = name
    .slice(0, MOST_READ)
    .replace(/^_+/, '')
    .replace(/\$\d+$/, '')
    .replace(/(?<=Error|Exception)\d+$/, '');
  return own.length >= 3 ? own : undefined;
}
