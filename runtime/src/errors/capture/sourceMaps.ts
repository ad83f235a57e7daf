import type { StackFrame } from '../errorFacts.ts';
import { CleanTexts } from './cleanTexts.ts';
import { enclosingClass } from './enclosingClass.ts';
import { ParsedSourceMap } from './parsedSourceMap.ts';
import { readableSource } from './readableSource.ts';
import type { SourceFiles, UnreadReason } from './sourceFiles.ts';
import { directoryOf, joined, sourceMapAddress } from './sourceMapAddress.ts';
import { directoryPrefix, isAbsolutePath, isApplicationSource, isUrl, sourceName } from './sourceName.ts';

const MEBIBYTE = 1_048_576;
const MOST_FILE_LENGTH = 500;
const MOST_NAME_LENGTH = 200;
/** `webpack://shop/./src/orders.ts`, by the path in the project. */
const BUNDLER_URL = /^[a-z][a-z-]+:\/\/[^/]*\/(?:\.\/)?(?=[^/.(])/;

/** A source map that could not be used. */
export interface SourceMapProblem {
  /** The file that it would have been for, as frames name it. */
  readonly file: string;
  readonly reason: string;
}

/** What source maps need. */
export interface SourceMapsOptions {
  readonly files: SourceFiles;
  /** Takes out of a text what must not be kept. */
  readonly redactText: (text: string) => string;
  /** An absolute path, the one that errors were described with. */
  readonly workingDirectory: string;
  /** Called once for each file whose map cannot be used; not for files without maps. Must not throw. */
  readonly onProblem?: (problem: SourceMapProblem) => void;
  readonly limits?: SourceMapLimits;
}

/** How much is read and kept. */
export interface SourceMapLimits {
  /**
   * Of a generated file; maps in comments are part of it.
   * @defaultValue 16,777,216
   */
  readonly maxFileBytes?: number;
  /**
   * Of a map: reading one stops the process for some 25 ms for each mebibyte.
   * @defaultValue 4,194,304
   */
  readonly maxMapBytes?: number;
  /**
   * How many maps are kept, those that were asked for last.
   * @defaultValue 8
   */
  readonly maxMaps?: number;
  /**
   * How many files are remembered to have no map that can be used.
   * @defaultValue 1000
   */
  readonly maxFilesWithout?: number;
}

/**
 * Tells where the code of generated files comes from, by source maps in comments and in files beside. To be asked when an
 * error is shown, and not as it is captured: files are read, one at a time.
 */
export class SourceMaps {
  readonly #options: Required<Pick<SourceMapsOptions, 'files' | 'onProblem'>> & Required<SourceMapLimits>;
  readonly #workingDirectory: string;
  readonly #texts: CleanTexts;
  /** By the path of the file, the one asked for last at the end. */
  readonly #maps = new Map<string, Promise<LoadedMap | undefined>>();
  /** Those of them that have been read. */
  readonly #loaded = new Map<string, LoadedMap>();
  readonly #without = new Set<string>();
  #lastLoad: Promise<unknown> = Promise.resolve();

  constructor({ files, redactText, workingDirectory, onProblem = () => undefined, limits = {} }: SourceMapsOptions) {
    const { maxFileBytes = 16 * MEBIBYTE, maxMapBytes = 4 * MEBIBYTE, maxMaps = 8, maxFilesWithout = 1000 } = limits;
    this.#options = { files, onProblem, maxFileBytes, maxMapBytes, maxMaps, maxFilesWithout };
    this.#workingDirectory = directoryPrefix(workingDirectory);
    this.#texts = new CleanTexts(redactText);
  }

  /** The frame at the place that its code comes from; the frame itself where no map says. Never rejects. */
  async resolveFrame(frame: StackFrame): Promise<StackFrame> {
    const found = await this.#originOf(frame);
    return found === undefined ? frame : this.#moved(frame, found);
  }

  /**
   * The frames of a stack, each at the place that its code comes from. A function that a minifier has renamed is called what
   * its caller calls it in the source; methods keep their names. Never rejects.
   */
  async resolveFrames(frames: readonly StackFrame[]): Promise<readonly StackFrame[]> {
    const origins: (Origin | undefined)[] = [];
    for (const frame of frames) origins.push(await this.#originOf(frame));
    return this.#allMoved(frames, origins);
  }

  /** The same at once, by maps that have been read already; `undefined` where none of them says anything. Never throws. */
  knownFrames(frames: readonly StackFrame[]): readonly StackFrame[] | undefined {
    const origins = frames.map((frame) => {
      const path = readableSource(frame, this.#workingDirectory);
      const loaded = path === undefined ? undefined : this.#loaded.get(path);
      return frame.line === undefined ? undefined : loaded?.originOf(frame.line, frame.column ?? 1);
    });
    return origins.some((origin) => origin !== undefined) ? this.#allMoved(frames, origins) : undefined;
  }

  #allMoved(frames: readonly StackFrame[], origins: readonly (Origin | undefined)[]): readonly StackFrame[] {
    const moved = frames.map((frame, index) => {
      const origin = origins[index];
      if (origin === undefined) return frame;
      const name = isCalledBy(frame, frames[index + 1]) ? origins[index + 1]?.name : undefined;
      return this.#moved(name === undefined ? frame : { ...frame, functionName: name }, origin);
    });
    return Object.freeze(moved);
  }

  #moved(frame: StackFrame, origin: Origin): StackFrame {
    const { file, line, column } = origin;
    const functionName = methodName(frame.functionName, origin);
    return Object.freeze({
      ...frame,
      ...(functionName !== undefined && { functionName: this.#texts.clean(functionName, MOST_NAME_LENGTH) }),
      file: this.#texts.clean(file, MOST_FILE_LENGTH),
      line,
      column,
      isInApplication: isApplicationSource(file),
    });
  }

  /** The text of the file that a frame's code comes from, where its map has it. Never rejects. */
  async sourceOf(frame: StackFrame): Promise<string | undefined> {
    return (await this.#originOf(frame))?.content;
  }

  async #originOf(frame: StackFrame): Promise<Origin | undefined> {
    const path = readableSource(frame, this.#workingDirectory);
    if (path === undefined || frame.line === undefined) return undefined;
    const loaded = await this.#mapOf(path, frame.file ?? path);
    return loaded?.originOf(frame.line, frame.column ?? 1);
  }

  #mapOf(path: string, file: string): Promise<LoadedMap | undefined> | undefined {
    if (this.#without.has(path)) return undefined;
    const known = this.#maps.get(path);
    const map = known ?? this.#lastLoad.then(() => this.#load(path, file));
    if (known === undefined) this.#lastLoad = map;
    this.#maps.delete(path);
    this.#maps.set(path, map);
    const dropped = dropFirst(this.#maps, this.#options.maxMaps);
    if (dropped !== undefined) this.#loaded.delete(dropped);
    return map;
  }

  async #load(path: string, file: string): Promise<LoadedMap | undefined> {
    try {
      const found = await this.#readMap(path);
      if (found !== undefined) {
        const loaded = new LoadedMap(new ParsedSourceMap(found.json), found.directory, this.#workingDirectory);
        if (this.#maps.has(path)) this.#loaded.set(path, loaded);
        return loaded;
      }
    } catch (error) {
      this.#options.onProblem({ file, reason: error instanceof Error ? error.message : 'the map cannot be read' });
    }
    this.#maps.delete(path);
    this.#without.add(path);
    dropFirst(this.#without, this.#options.maxFilesWithout);
    return undefined;
  }

  async #readMap(path: string): Promise<{ readonly json: string; readonly directory: string } | undefined> {
    const { files, maxFileBytes, maxMapBytes } = this.#options;
    const generated = await files.read(path, maxFileBytes);
    if ('reason' in generated) return undefined;
    const address = sourceMapAddress(path, generated.text);
    if ('reason' in address) throw new Error(address.reason);
    if ('json' in address) {
      if (address.json.length > maxMapBytes) throw unread('too long');
      return { json: address.json, directory: directoryOf(path) };
    }
    const map = await files.read(address.path, maxMapBytes);
    if ('text' in map) return { json: map.text, directory: directoryOf(address.path) };
    if (map.reason === 'missing' && !address.isNamed) return undefined;
    throw unread(map.reason);
  }
}

interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly content: string | undefined;
  readonly name: string | undefined;
}

/** A map, and where it was found. */
class LoadedMap {
  readonly #map: ParsedSourceMap;
  readonly #directory: string;
  readonly #workingDirectory: string;

  constructor(map: ParsedSourceMap, directory: string, workingDirectory: string) {
    this.#map = map;
    this.#directory = directory;
    this.#workingDirectory = workingDirectory;
  }

  originOf(line: number, column: number): Origin | undefined {
    const origin = this.#map.originOf(line, column);
    if (origin === undefined) return undefined;
    return {
      file: this.#nameOf(origin.source),
      line: origin.line,
      column: origin.column,
      content: this.#map.contentOf(origin.source),
      name: origin.name,
    };
  }

  #nameOf(source: string): string {
    const root = this.#map.sourceRoot;
    const rooted =
      root === '' || isUrl(source) || isAbsolutePath(source) ? source : `${root.replace(/\/$/, '')}/${source}`;
    if (!rooted.startsWith('file:') && isUrl(rooted)) return sourceName(rooted, '/').replace(BUNDLER_URL, '');
    if (isUrl(rooted) || isAbsolutePath(rooted)) return sourceName(rooted, this.#workingDirectory);
    return sourceName(joined(this.#directory, rooted), this.#workingDirectory);
  }
}

function unread(reason: UnreadReason): Error {
  return new Error(`the map is ${reason}`);
}

/** Whether the next frame calls it, and does not go on after `await`; a method is called by its own name anyway. */
function isCalledBy({ functionName, file }: StackFrame, caller: StackFrame | undefined): boolean {
  return functionName?.includes('.') === false && caller?.file === file && caller?.isAsync === false;
}

/** A minifier leaves methods their names, and shortens that of their class. */
function methodName(name: string | undefined, { content, line }: Origin): string | undefined {
  const method = name === undefined ? undefined : /^[\w$]{1,3}(\.[^.]+)$/.exec(name)?.[1];
  if (method === undefined) return name;
  const owner = content === undefined ? undefined : enclosingClass(content, line);
  return owner === undefined ? method.slice(1) : owner + method;
}

/** What was put in first goes. @returns its key */
function dropFirst(kept: Map<string, unknown> | Set<string>, most: number): string | undefined {
  if (kept.size <= most) return undefined;
  const first = kept.keys().next().value;
  if (first !== undefined) kept.delete(first);
  return first;
}
