import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReportFile } from '../options.ts';
import type { PolicyRun } from '../policyRun.ts';
import { writeReport } from './reportFormats.ts';

/** Reports that cannot be written; the others are. */
export class ReportFileError extends Error {
  override readonly name = 'ReportFileError';
  readonly files: readonly string[];

  constructor(problems: readonly { readonly file: string; readonly reason: string }[]) {
    super(problems.map(({ file, reason }) => `--report: ${file} cannot be written: ${reason}`).join('\n'));
    this.files = problems.map(({ file }) => file);
  }
}

/** Writes a run down in each of some files, and makes their directories. @throws ReportFileError */
export function writeReports(run: PolicyRun, reports: readonly ReportFile[]): void {
  const problems = reports.flatMap(({ format, file }) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, writeReport(format, run));
      return [];
    } catch (error) {
      return [{ file, reason: error instanceof Error ? error.message : String(error) }];
    }
  });
  if (problems.length > 0) throw new ReportFileError(problems);
}
