import fc from 'fast-check';
import { damagedText, damagedValue, hostileTexts, hostileValues, SECRET } from './hostileArbitraries.ts';

/** An error of the parser's own: its class, or what its message is like where the class is one of the engine's, too. */
type OwnError = (abstract new (...parameters: never[]) => Error) | RegExp;

/** What a parser promises. */
export interface ParserPromise {
  /** What it may throw. Without any, it throws nothing. */
  readonly throws?: readonly OwnError[];
  /** Whether what it throws may quote a value of the input. @defaultValue true */
  readonly mayQuote?: boolean;
  /** How many inputs are made up, beside those that are always tried. @defaultValue 200 */
  readonly runs?: number;
}

/** Fuzzes what reads texts: with all that has broken parsers before, and with damaged copies of sound texts. */
export function fuzzText(
  sound: readonly string[],
  parse: (text: string) => unknown,
  promise: ParserPromise = {},
): Promise<void> {
  return fuzz([...sound, ...hostileTexts], damagedText(sound), parse, promise);
}

/** As `fuzzText`, for what reads values of JSON. */
export function fuzzValue(
  sound: readonly object[],
  parse: (value: unknown) => unknown,
  promise: ParserPromise = {},
): Promise<void> {
  return fuzz([...sound, ...hostileValues], damagedValue(sound), parse, promise);
}

/**
 * Asserts of any input that a parser answers, or throws an error of its own, and that nothing of it ends up in a prototype
 * that all objects share. What does not end makes the test fail by its limit of time. What else the parser promises of its
 * answers, `parse` asserts.
 */
export async function fuzz<Input>(
  always: readonly Input[],
  inputs: fc.Arbitrary<Input>,
  parse: (input: Input) => unknown,
  { throws = [], mayQuote = true, runs = 200 }: ParserPromise = {},
): Promise<void> {
  const before = prototypes();
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const error = await thrownBy(parse, input);
      if (error !== undefined) expectOwn(error, throws);
      if (!mayQuote && String(error).includes(SECRET)) throw new Error(`a secret is quoted: ${String(error)}`);
      if (prototypes() !== before) throw new Error(`the prototype of all objects was changed: ${prototypes()}`);
    }),
    { numRuns: runs + always.length, examples: always.map((input): [Input] => [input]) },
  );
}

async function thrownBy<Input>(parse: (input: Input) => unknown, input: Input): Promise<unknown> {
  try {
    await parse(input);
    return undefined;
  } catch (error) {
    return error ?? new Error('nothing was thrown');
  }
}

function expectOwn(error: unknown, own: readonly OwnError[]): void {
  const isOwn = own.some((each) =>
    each instanceof RegExp ? error instanceof Error && each.test(error.message) : error instanceof each,
  );
  if (!isOwn) throw new Error(`it is not the parser's own: ${String(error)}`, { cause: error });
}

function prototypes(): string {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join(' '))
    .join('\n');
}
