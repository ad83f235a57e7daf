import { constants } from 'node:fs';
import { access, chmod, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toError } from '../../values/toError.ts';
import type { ReportFile, ReportOption } from '../options.ts';
import type { Report } from './report.ts';
import { htmlReport } from './html/htmlReport.ts';
import { jsonReport } from './jsonReport.ts';
import { junitReport } from './junitReport.ts';

const privateMode = 0o600;

/** A file that cannot be written. */
export interface ReportFileProblem extends ReportFile {
  readonly reason: string;
}

/** Reports by the options that name their files. */
const writers: Readonly<Record<ReportOption, (report: Report) => string | Promise<string>>> = {
  html: htmlReport,
  'json-file': (report) => `${JSON.stringify(jsonReport(report), undefined, 2)}\n`,
  junit: junitReport,
};

/** Tries whether files can be written, makes their directories, and changes none of them. */
export async function findUnwritable(files: readonly ReportFile[]): Promise<readonly ReportFileProblem[]> {
  return problemsOf(files, async ({ file }) => {
    const target = await targetOf(file);
    const trial = temporaryOf(target);
    await (await open(trial, 'wx')).close();
    await rm(trial);
  });
}

/** Writes an examination down in each of some files: each is whole, or as it was. */
export async function writeReports(
  report: Report,
  files: readonly ReportFile[],
): Promise<readonly ReportFileProblem[]> {
  return problemsOf(files, async ({ option, file }) => {
    const text = await writers[option](report);
    const target = await targetOf(file);
    const temporary = temporaryOf(target);
    try {
      await writeFile(temporary, text, { flag: 'wx', mode: privateMode });
      await chmod(temporary, await modeOf(target));
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/** As it was: a report tells where a deployment is weak, so that a new one is its owner's alone. */
async function modeOf(target: string): Promise<number> {
  const found = await stat(target).catch(() => undefined);
  return found === undefined ? privateMode : found.mode & 0o777;
}

/** `--html: FILE cannot be written: REASON`. */
export function describeFileProblem({ option, file, reason }: ReportFileProblem): string {
  return `--${option}: ${file} cannot be written: ${reason}`;
}

async function problemsOf(
  files: readonly ReportFile[],
  work: (file: ReportFile) => Promise<void>,
): Promise<readonly ReportFileProblem[]> {
  const tried = await Promise.allSettled(files.map(work));
  return files.flatMap((file, index) => {
    const result = tried[index];
    return result?.status === 'rejected' ? [{ ...file, reason: reasonOf(result.reason, file.file) }] : [];
  });
}

/** What went wrong, with the name of the file itself and not of the one that there is for a moment. */
function reasonOf(thrown: unknown, file: string): string {
  return toError(thrown).message.replaceAll(temporaryOf(file), file);
}

/** What is written in the end: where a link leads to, so that it stays one. Only a plain file is ever replaced. */
async function targetOf(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return file;
  if (found.isDirectory()) throw new Error('it is a directory; name a file in it');
  if (!found.isFile()) throw new Error('it is no plain file');
  await access(file, constants.W_OK);
  return realpath(file);
}

function temporaryOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
}
