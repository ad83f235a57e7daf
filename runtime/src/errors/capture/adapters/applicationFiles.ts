import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative, sep } from 'node:path';
import { isRecord } from '../../../core/isRecord.ts';

const PACKAGE_NAME = /^(?:@[\w.-]{1,100}\/)?\w[\w.-]{0,213}$/;
const MOST_PACKAGE_BYTES = 65_536;
/** `\\\\server\\share`: asking for such a file sends who one is to that server. */
const ON_SERVER = /^[\\/]{2}/;

/**
 * Which files are an application's: those in its working directory, in the folders `node_modules` that packages are looked for
 * in from there, and in packages that are linked in these, as the parts of a monorepo are. Where the working directory is the
 * root of a file system, none is: a program is hardly kept there, and everything else is.
 */
export class ApplicationFiles {
  readonly #workingDirectory: string;
  #places: Promise<Places> | undefined;

  constructor(workingDirectory: string) {
    this.#workingDirectory = workingDirectory;
  }

  /**
   * The path of a file without links; `undefined` where it is none of the application's. What is above all of the places is not
   * asked for.
   *
   * @throws what the file system says of a file that cannot be looked at
   */
  async realPathOf(path: string): Promise<string | undefined> {
    if (ON_SERVER.test(path)) return undefined;
    this.#places ??= placesOf(this.#workingDirectory);
    const { given, directory, packageFolders, workspaces } = await this.#places;
    if (directory === undefined || ![given, directory, ...packageFolders, ...workspaces].some(holds(path)))
      return undefined;
    const real = await realpath(path);
    if ([directory, ...packageFolders].some(holds(real))) return real;
    return workspaces.some(holds(real)) && (await isInLinkedPackage(real, packageFolders)) ? real : undefined;
  }
}

interface Places {
  readonly given: string;
  /** The working directory without links. */
  readonly directory: string | undefined;
  /** The folders `node_modules` of it and above it. */
  readonly packageFolders: readonly string[];
  /** The directories that these are in, but for the root. */
  readonly workspaces: readonly string[];
}

async function placesOf(given: string): Promise<Places> {
  const directory = await realpath(given).catch(() => undefined);
  if (directory === undefined || directory === parse(directory).root)
    return { given, directory: undefined, packageFolders: [], workspaces: [] };
  const packageFolders: string[] = [];
  for (const above of withAllAbove(directory)) {
    const folder = await realpath(join(above, 'node_modules')).catch(() => undefined);
    if (folder !== undefined) packageFolders.push(folder);
  }
  const workspaces = packageFolders.map((folder) => dirname(folder)).filter((above) => above !== parse(above).root);
  return { given, directory, packageFolders, workspaces };
}

function withAllAbove(directory: string): string[] {
  const above = dirname(directory);
  return above === directory ? [directory] : [directory, ...withAllAbove(above)];
}

/** Whether a directory holds a file. */
function holds(file: string): (directory: string) => boolean {
  return (directory) => {
    const path = relative(directory, file);
    return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  };
}

/** Whether a link in one of the folders leads to the package that a file is of. */
async function isInLinkedPackage(file: string, packageFolders: readonly string[]): Promise<boolean> {
  for (const directory of withAllAbove(dirname(file))) {
    const name = await packageNameIn(directory);
    if (name === undefined) continue;
    for (const folder of packageFolders)
      if ((await realpath(join(folder, name)).catch(() => undefined)) === directory) return true;
    return false;
  }
  return false;
}

async function packageNameIn(directory: string): Promise<string | undefined> {
  try {
    const file = join(directory, 'package.json');
    const stats = await stat(file);
    if (!stats.isFile() || stats.size > MOST_PACKAGE_BYTES) return undefined;
    const described: unknown = JSON.parse(await readFile(file, 'utf8'));
    const name = isRecord(described) ? described.name : undefined;
    return typeof name === 'string' && PACKAGE_NAME.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
