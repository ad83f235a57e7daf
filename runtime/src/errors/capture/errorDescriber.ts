import { types } from 'node:util';
import { isObject } from '../../core/isObject.ts';
import { causeOf } from '../../core/thrown/causeOf.ts';
import { ownData } from '../../core/thrown/ownData.ts';
import { describeOpaque, describeShape } from '../../core/valueShape.ts';
import type { ErrorFacts, ErrorProperty, StackFrame } from '../errorFacts.ts';
import { ClassBook, type ObjectClass } from './classBook.ts';
import { CleanTexts } from './cleanTexts.ts';
import { FramesCache } from './framesCache.ts';
import { httpStatusOf } from './httpStatusOf.ts';
import { aggregatedIn, causesOf, MOST_AGGREGATED } from './linkedErrors.ts';
import { bigintText, NO_PROPERTIES, plainProperties } from './plainProperties.ts';
import { saidByError, type SaidByError } from './saidByError.ts';
import { directoryPrefix } from './sourceName.ts';
import { parseStack, type StackParserOptions } from './stackParser.ts';
import { framesText, headText, StackReader } from './stackReader.ts';

const MOST_TYPE_LENGTH = 100;
const MOST_MESSAGE_LENGTH = 4096;
const MOST_CODE_LENGTH = 100;
/** What is said of an error in a place of its own. */
const PLACED_KEYS: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'code', 'cause', 'errors']);
const PLACED_KEYS_WITH_STATUS: ReadonlySet<string> = new Set([...PLACED_KEYS, 'status', 'statusCode']);
const NO_FRAMES: readonly StackFrame[] = Object.freeze([]);
const NO_ERRORS: readonly ErrorFacts[] = Object.freeze([]);
const NO_NAMES: readonly string[] = Object.freeze([]);

/** What a describer needs. */
export interface ErrorDescriberOptions {
  /** Takes out of a text what must not be kept. */
  readonly redactText: (text: string) => string;
  /** An absolute path: files inside of it are called by their path from here. */
  readonly workingDirectory: string;
}

/** What is beside an error in its facts. */
interface Links {
  readonly causes: readonly ErrorFacts[];
  readonly causesLeftOut: number;
  /** How many errors of an aggregate are shown. */
  readonly maxMembers: number;
}

type Draft = { -readonly [Name in keyof ErrorFacts]: ErrorFacts[Name] };

/**
 * Makes plain, bounded and redacted facts of whatever was thrown.
 *
 * Runs no getter of the application's and no trap of a Proxy: names, messages and properties are read where they are kept,
 * and `stack` by V8's own function (`StackReader`). What V8 itself runs as it writes a stack out for the first time, it runs
 * here as for everyone else: accessors `name` and `message` of a class, and `Error.prepareStackTrace`. Those of an error's own
 * are not run: its stack is not written out then. Errors of other realms (`node:vm`) with such accessors have no frames.
 */
export class ErrorDescriber {
  readonly #texts: CleanTexts;
  readonly #classes: ClassBook;
  readonly #parserOptions: StackParserOptions;
  readonly #stacks = new StackReader();
  readonly #frames = new FramesCache();

  constructor({ redactText, workingDirectory }: ErrorDescriberOptions) {
    const texts = new CleanTexts(redactText);
    this.#texts = texts;
    this.#classes = new ClassBook((name) => texts.clean(name, MOST_TYPE_LENGTH));
    this.#parserOptions = {
      workingDirectory: directoryPrefix(workingDirectory),
      clean: (text, maxLength) => texts.clean(text, maxLength),
    };
  }

  /** Never throws. Frozen, with everything in it. */
  describe(thrown: unknown): ErrorFacts {
    try {
      const { shown, leftOut } = causesOf(thrown);
      return this.#describe(thrown, {
        causes: frozen(shown, (cause) => this.#describe(cause, LINKS_OF_CAUSE)),
        causesLeftOut: leftOut,
        maxMembers: MOST_AGGREGATED,
      });
    } catch {
      // The call stack is all but used up.
      return NOTHING_KNOWN;
    }
  }

  #describe(thrown: unknown, links: Links): ErrorFacts {
    const isValue = typeof thrown !== 'object' || thrown === null || types.isProxy(thrown);
    return isValue ? this.#describeValue(thrown, links) : this.#describeObject(thrown, links);
  }

  #describeObject(thrown: object, { causes, causesLeftOut, maxMembers }: Links): ErrorFacts {
    const kind = this.#classes.classOf(thrown);
    const said = saidByError(thrown, kind);
    const stack = this.#stackOf(thrown, said, kind);
    const frames = framesText(stack, said.message ?? '');
    const code = codeOf(thrown, kind);
    const status = httpStatusOf(thrown, kind.status);
    const members = aggregatedIn(thrown, kind.names, maxMembers);
    const facts: Draft = {
      type: this.#texts.clean(said.type, MOST_TYPE_LENGTH),
      classes: kind.names,
      message: this.#texts.clean(
        messageOf(thrown, said, kind, () => headText(stack, frames)),
        MOST_MESSAGE_LENGTH,
      ),
      properties: this.#propertiesOf(thrown, said, status === undefined ? PLACED_KEYS : PLACED_KEYS_WITH_STATUS),
      frames: this.#framesIn(frames),
      causes,
      errors: frozen(members.shown, (member) => this.#describe(member, linksOfMember(member))),
      leftOut: causesLeftOut + members.leftOut,
    };
    if (code !== undefined) facts.code = this.#texts.clean(code, MOST_CODE_LENGTH);
    if (status !== undefined) facts.status = status;
    return Object.freeze(facts);
  }

  #stackOf(thrown: object, { isHostile }: SaidByError, { isErrorOfThisRealm }: ObjectClass): string {
    if (!isHostile) return this.#stacks.read(thrown);
    return isErrorOfThisRealm ? this.#stacks.readUnwritten(thrown) : '';
  }

  /** What is no object, and what may not be looked into. */
  #describeValue(thrown: unknown, { causes, causesLeftOut }: Links): ErrorFacts {
    return Object.freeze({
      type: thrown === null ? 'null' : typeof thrown,
      classes: NO_NAMES,
      message: this.#texts.clean(valueText(thrown), MOST_MESSAGE_LENGTH),
      properties: NO_PROPERTIES,
      frames: NO_FRAMES,
      causes,
      errors: NO_ERRORS,
      leftOut: causesLeftOut,
    });
  }

  /** What is in a list, a map or a buffer is no property of an error's. */
  #propertiesOf(
    thrown: object,
    { isError }: SaidByError,
    placedKeys: ReadonlySet<string>,
  ): Readonly<Record<string, ErrorProperty>> {
    if (!isError && (Array.isArray(thrown) || describeOpaque(thrown) !== undefined)) return NO_PROPERTIES;
    return plainProperties(thrown, this.#parserOptions.clean, placedKeys);
  }

  #framesIn(text: string): readonly StackFrame[] {
    if (text === '') return NO_FRAMES;
    const known = this.#frames.get(text);
    if (known !== undefined) return known;
    const frames = parseStack(text, this.#parserOptions);
    this.#frames.set(text, frames);
    return frames;
  }
}

/** The causes of a cause are in the chain beside it. */
const LINKS_OF_CAUSE: Links = Object.freeze({ causes: NO_ERRORS, causesLeftOut: 0, maxMembers: MOST_AGGREGATED });

/** Whatever one of the errors of an aggregate is linked to is left out. */
function linksOfMember(member: unknown): Links {
  return { causes: NO_ERRORS, causesLeftOut: causeOf(member) === undefined ? 0 : 1, maxMembers: 0 };
}

const NOTHING_KNOWN: ErrorFacts = Object.freeze({
  type: 'unknown',
  classes: NO_NAMES,
  message: '',
  properties: NO_PROPERTIES,
  frames: NO_FRAMES,
  causes: NO_ERRORS,
  errors: NO_ERRORS,
  leftOut: 0,
});

function frozen(thrown: readonly unknown[], describe: (each: unknown) => ErrorFacts): readonly ErrorFacts[] {
  return thrown.length === 0 ? NO_ERRORS : Object.freeze(thrown.map(describe));
}

function messageOf(thrown: object, said: SaidByError, kind: ObjectClass, head: () => string): string {
  if (said.message !== undefined) return said.message;
  if (kind.worksOutMessage) return head();
  return said.isError ? '' : describeShape(thrown);
}

function codeOf(thrown: object, kind: ObjectClass): string | undefined {
  const code = ownData(thrown, 'code') ?? kind.code;
  if (typeof code === 'number' || typeof code === 'string') return code === '' ? undefined : String(code);
  return undefined;
}

function valueText(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'bigint') return bigintText(thrown);
  return isObject(thrown) ? describeShape(thrown) : String(thrown);
}
