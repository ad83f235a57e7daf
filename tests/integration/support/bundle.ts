import { build } from 'esbuild';

/** Puts a Node.js application into one file of ES modules, with all that it imports but OpenTelemetry and Tracewright. */
export async function bundle(entryPoint: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@opentelemetry/*', '@tracewright/*'],
    // For the CommonJS in it.
    banner: { js: "import { createRequire as cr } from 'node:module'; var require = cr(import.meta.url);" },
    logLevel: 'error',
  });
}
