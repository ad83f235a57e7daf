// @spec S6.3
import { describe, expect, it } from 'vitest';
import { jsonReport, jsonReportSchema } from '../../../../../tools/validate/report/jsonReport.ts';
import { resultOf, sampleReport, soundFinding } from '../../../../support/validateReport.ts';

describe('jsonReport', () => {
  it('has everything that was found, in the documented shape', () => {
    const report = sampleReport();
    const { version, ended, ...rest } = jsonReportSchema.parse(JSON.parse(JSON.stringify(jsonReport(report))));
    expect([version, ended]).toEqual([1, null]);
    expect(rest).toEqual(report);
  });

  it('says null for what there is not', () => {
    const { context: _, ...without } = sampleReport();
    expect(jsonReportSchema.parse(jsonReport({ ...without, ended: 'ended by SIGINT' }))).toMatchObject({
      context: null,
      ended: 'ended by SIGINT',
    });
  });

  it('gives seconds to a thousandth', () => {
    const results = [resultOf('ok', [soundFinding], { seconds: 0.123456 })];
    const { results: written, seconds } = jsonReport(sampleReport({ results, seconds: 1.98765 }));
    expect([written[0]?.seconds, seconds]).toEqual([0.123, 1.988]);
  });

  it('has a shape that refuses what is not documented', () => {
    const report = jsonReport(sampleReport());
    expect(jsonReportSchema.safeParse({ ...report, more: 1 }).success).toBe(false);
    expect(jsonReportSchema.safeParse({ ...report, version: 2 }).success).toBe(false);
  });
});
