import { Command } from 'commander';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatePages, strayPages } from './generatedPages.ts';
import { outdatedPages } from './outdatedPages.ts';
import { UnprovenRowsError } from './specification/coveragePage.ts';
import { UnknownSpecRowError } from './specification/readTags.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

await new Command('docs')
  .description(
    'Generates docs/configuration.md, docs/policies.md, docs/policies and their schema, docs/components, docs/runtime, docs/coverage.md, tables of docs/architecture.md and docs/security.md, and the dashboards in infra/monitoring/dashboards.',
  )
  .option('--check', 'change nothing; name the pages that are not what would be generated, and exit with 1')
  .showHelpAfterError()
  .action((options: { readonly check?: boolean }) => run(options.check ?? false).catch(tell))
  .parseAsync();

/** What is wrong with tags needs no stack. */
function tell(error: unknown): void {
  if (!(error instanceof UnknownSpecRowError || error instanceof UnprovenRowsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(check: boolean): Promise<void> {
  const pages = await generatePages(checkout);
  const outdated = outdatedPages(checkout, pages);
  const stray = strayPages(checkout, pages);
  if (check) {
    for (const { path } of outdated) process.stdout.write(`${path}: is not what \`npm run docs\` generates\n`);
    for (const path of stray) process.stdout.write(`${path}: nothing generates it any more\n`);
    process.exitCode = outdated.length + stray.length === 0 ? 0 : 1;
    return;
  }
  for (const { path, text } of outdated) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
    process.stdout.write(`${path}: written\n`);
  }
  for (const path of stray) {
    rmSync(join(checkout, path));
    process.stdout.write(`${path}: removed\n`);
  }
  if (outdated.length + stray.length === 0) process.stdout.write('Every page is what would be generated.\n');
}
