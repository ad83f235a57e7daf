import { jsonReport } from './jsonReport.ts';
import { junitReport } from './junitReport.ts';
import { markdownReport } from './markdownReport.ts';
import { sarifReport } from './sarifReport.ts';
import { tableReport } from './tableReport.ts';
import type { PolicyRun } from '../policyRun.ts';

/** How a run can be written down. */
export const reportFormats = ['table', 'markdown', 'sarif', 'junit', 'json'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** A run as the text of a file. */
export function writeReport(format: ReportFormat, run: PolicyRun): string {
  switch (format) {
    case 'table':
      return tableReport(run, false);
    case 'markdown':
      return markdownReport(run);
    case 'sarif':
      return `${JSON.stringify(sarifReport(run), undefined, 2)}\n`;
    case 'junit':
      return junitReport(run);
    case 'json':
      return `${JSON.stringify(jsonReport(run), undefined, 2)}\n`;
  }
}
