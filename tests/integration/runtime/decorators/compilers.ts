import { transform } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { repository } from '../../support/repository.ts';

/** The two ways in which decorators are called: by the language's own rules, or by TypeScript's before there were any. */
export type DecoratorKind = 'standard' | 'legacy';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OF_BOTH_KINDS = ['members.ts', 'types.ts'];
const SOURCES = { standard: [...OF_BOTH_KINDS, 'standardMembers.ts'], legacy: OF_BOTH_KINDS } as const;

/**
 * Checks and compiles the classes with `tsc`, which fails at any error of types.
 *
 * @returns the folder of the compiled modules
 */
export async function compileWithTsc(kind: DecoratorKind, folder: string): Promise<string> {
  const compilerOptions = {
    noEmit: false,
    target: 'es2022',
    rootDir: repository,
    outDir: folder,
    rewriteRelativeImportExtensions: true,
    typeRoots: [join(repository, 'node_modules/@types')],
    ...(kind === 'legacy' ? { experimentalDecorators: true, emitDecoratorMetadata: true } : {}),
  };
  const config = {
    extends: join(repository, 'tsconfig.json'),
    compilerOptions,
    include: [],
    files: SOURCES[kind].map((file) => join(HERE, file)),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await execa(process.execPath, [tsc, '-p', folder]);
  return join(folder, 'tests/integration/runtime/decorators');
}

/** Compiles the classes with esbuild, which checks no types. Returns the folder of the compiled modules. */
export async function compileWithEsbuild(kind: DecoratorKind, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const file of SOURCES[kind]) {
    const source = await readFile(join(HERE, file), 'utf8');
    const compilerOptions = kind === 'legacy' ? { experimentalDecorators: true } : {};
    const options = { loader: 'ts', target: 'es2022', keepNames: true, tsconfigRaw: { compilerOptions } } as const;
    const { code } = await transform(source, options);
    await writeFile(join(folder, file.replace(/ts$/, 'js')), code);
  }
  return folder;
}
