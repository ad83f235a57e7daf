import { posix } from 'node:path';
import { CodeContext, type CodeLines } from './capture/codeContext.ts';
import { SourceMaps } from './capture/sourceMaps.ts';
import type { SourceFiles } from './capture/sourceFiles.ts';
import { directoryPrefix, isAbsolutePath, isUrl, sourceName } from './capture/sourceName.ts';
import type { ErrorFacts, StackFrame } from './errorFacts.ts';

/** A frame of a stack as a person reads it. */
export interface ExplainedFrame {
  /** At the place that its code comes from, where a source map says so. */
  readonly frame: StackFrame;
  /** The code there; of the application's frames, where the file can be read. */
  readonly code?: CodeLines;
}

/** What an explainer needs. */
export interface FrameExplainerOptions {
  readonly files: SourceFiles;
  /** Takes out of a text what must not be shown. */
  readonly redactText: (text: string) => string;
  /** An absolute path, the one that errors were described with. */
  readonly workingDirectory: string;
}

/** Reads source maps and sources of frames, when somebody wants to see them. */
export class FrameExplainer {
  readonly #maps: SourceMaps;
  readonly #code: CodeContext;
  readonly #directory: string;

  constructor(options: FrameExplainerOptions) {
    this.#maps = new SourceMaps(options);
    this.#code = new CodeContext(options);
    this.#directory = directoryPrefix(options.workingDirectory);
  }

  /** Reads the source maps of files: paths, also relative to the working directory, or `file:` URLs. Never rejects. */
  async load(files: readonly string[]): Promise<void> {
    for (const given of files) {
      const file = sourceName(normalized(given), this.#directory);
      await this.#maps.resolveFrame({ file, line: 1, column: 1, isAsync: false, isInApplication: true });
    }
  }

  /** The frames as source maps tell them that have been read already; `undefined` where none of them does. Never throws. */
  known(frames: readonly StackFrame[]): readonly StackFrame[] | undefined {
    return this.#maps.knownFrames(frames);
  }

  /** The frames of an error, the innermost first. Never rejects: what cannot be read is as it was. */
  async explain({ frames }: Pick<ErrorFacts, 'frames'>): Promise<readonly ExplainedFrame[]> {
    const explained: ExplainedFrame[] = [];
    const resolved = await this.#maps.resolveFrames(frames);
    for (const [index, frame] of resolved.entries()) {
      const source = frames[index] === undefined ? undefined : await this.#maps.sourceOf(frames[index]);
      const code = frame.isInApplication ? await this.#code.linesAround(frame, source) : undefined;
      explained.push(Object.freeze({ frame, ...(code !== undefined && { code }) }));
    }
    return Object.freeze(explained);
  }
}

/** `./dist/main.js` and `dist\\main.js` are `dist/main.js`, as frames name it. */
function normalized(file: string): string {
  return isUrl(file) || isAbsolutePath(file) ? file : posix.normalize(file.replaceAll('\\', '/'));
}
