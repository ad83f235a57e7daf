import type { ErrorFacts, StackFrame } from '../errorFacts.ts';

/** Files are few and come back: their packages are remembered, and forgotten at once when they are that many. */
const MOST_FILES = 2000;
const LONGEST_FILE = 512;
/** Deeper calls are not where an error is from. */
const MOST_FRAMES = 20;

const IN_PACKAGES = /^(?:.*[\\/])?node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^\\/]+)/s;

/** Which packages errors come from, by their frames. */
export class Origins {
  readonly #packages = new Map<string, string | undefined>();
  /** By frames, which errors of one place share; the empty text where there is none. */
  readonly #throwers = new WeakMap<readonly StackFrame[], string>();

  /** The package that threw; `undefined` where it was the application, or Node alone. */
  packageOf({ frames }: Pick<ErrorFacts, 'frames'>): string | undefined {
    let name = this.#throwers.get(frames);
    if (name === undefined) {
      name = this.#throwerIn(frames) ?? '';
      this.#throwers.set(frames, name);
    }
    return name === '' ? undefined : name;
  }

  #throwerIn(frames: readonly StackFrame[]): string | undefined {
    const end = Math.min(frames.length, MOST_FRAMES);
    for (let index = 0; index < end; index += 1) {
      const frame = frames[index];
      if (frame?.file !== undefined && isOutsideNode(frame)) return this.#packageOfFile(frame.file);
    }
    return undefined;
  }

  /** Whether any of the calls is in one of the packages. */
  comesThrough(error: ErrorFacts, isMeant: (name: string) => boolean): boolean {
    const end = Math.min(error.frames.length, MOST_FRAMES);
    for (let index = 0; index < end; index += 1) {
      const file = error.frames[index]?.file;
      const name = file === undefined ? undefined : this.#packageOfFile(file);
      if (name !== undefined && isMeant(name)) return true;
    }
    return false;
  }

  #packageOfFile(file: string): string | undefined {
    if (file.length > LONGEST_FILE) return undefined;
    const known = this.#packages.get(file);
    if (known !== undefined || this.#packages.has(file)) return known;
    if (this.#packages.size >= MOST_FILES) this.#packages.clear();
    const name = IN_PACKAGES.exec(file)?.[1]?.replaceAll('\\', '/');
    this.#packages.set(file, name);
    return name;
  }
}

/** Whether the frame is of no module of Node's. */
export function isOutsideNode({ file }: StackFrame): boolean {
  return file !== undefined && !file.startsWith('node:');
}

/** The scope of a package, `@redis` of `@redis/client`; the name itself of one without. */
export function scopeOf(name: string): string {
  const end = name.startsWith('@') ? name.indexOf('/') : -1;
  return end === -1 ? name : name.slice(0, end);
}
