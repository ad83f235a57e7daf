import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** What a page brings along. */
export interface PageAssets {
  readonly styles: string;
  /** Draws the plots. */
  readonly script: string;
}

/**
 * Makes the styles and the script of the page of its sources in `page/`, each as one text that can stand in HTML.
 *
 * @throws Error of esbuild's with every mistake in the sources
 */
export async function buildAssets(): Promise<PageAssets> {
  const folder = fileURLToPath(new URL('page/', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [`${folder}main.ts`],
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022'],
    outdir: folder,
    write: false,
    legalComments: 'none',
    tsconfig: `${folder}tsconfig.json`,
    logLevel: 'silent',
  });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { styles: textOf('.css'), script: textOf('.js') };
}
