import type { Report } from '../report.ts';

export async function htmlReport(report: Report): Promise<string> {
  await Promise.resolve();
  return `<!doctype html><title>${report.stack}</title>`;
}
