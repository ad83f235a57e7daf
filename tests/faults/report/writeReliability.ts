import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { replaceSection } from '../../../tools/docs/replaceSection.ts';
import { checkout } from '../../support/commands.ts';

const PAGE = join(checkout, 'docs', 'reliability.md');

/** Puts a run's table into docs/reliability.md, with the day and the machine. */
export async function writeReliability(table: string): Promise<void> {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const text = `Run of ${new Date().toISOString().slice(0, 10)} on ${machine}, Node.js ${process.version}.\n\n${table}`;
  const page = replaceSection(await readFile(PAGE, 'utf8'), 'faults', text, 'npm run test:faults');
  const options = await prettier.resolveConfig(PAGE);
  await writeFile(PAGE, await prettier.format(page, { ...options, filepath: PAGE }));
}
