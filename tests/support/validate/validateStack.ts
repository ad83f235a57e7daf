import type { z } from 'zod';
import type { Outcome } from '../../../tools/validate/finding.ts';
import { jsonReportSchema } from '../../../tools/validate/report/jsonReport.ts';
import { npmRun, type CommandOptions } from '../commands.ts';

/** A stack that is validated. */
export interface ValidatedStack {
  readonly checkout: string;
  readonly cluster: string;
  readonly name: string;
  readonly namespace: string;
  /** @defaultValue the checkout's own */
  readonly configFile?: string;
  /** What the commands about it need in their environment. @defaultValue nothing */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What validate has found. */
export type ValidateReport = z.output<typeof jsonReportSchema>;

/** What a run of validate came to. */
export interface Validated {
  readonly exitCode: number | undefined;
  readonly report: ValidateReport;
}

/** Runs validate as a user does, whatever comes out. @throws Error when it prints no report. */
export async function validate(args: readonly string[], options: CommandOptions = {}): Promise<Validated> {
  const { exitCode, stdout, stderr } = await npmRun('validate', [...args, '--json'], options);
  const line = stdout.split('\n').at(-1) ?? '';
  if (line === '') throw new Error(`validate ${args.join(' ')} printed nothing:\n${stderr}`);
  return { exitCode, report: jsonReportSchema.parse(JSON.parse(line)) };
}

/** Validates a stack. @throws Error when validate prints no report. */
export async function validateStack(stack: ValidatedStack, args: readonly string[]): Promise<ValidateReport> {
  const { checkout, cluster, name, configFile, environment = {} } = stack;
  const file = configFile === undefined ? [] : ['--config-file', configFile];
  const options = { cwd: checkout, env: environment, timeoutSeconds: 600 };
  const { report } = await validate(['--cluster', cluster, '--stack', name, ...file, ...args], options);
  return report;
}

/** What has come to something, as `check: subject: found`. */
export function findingsIn({ results }: ValidateReport, outcome: Exclude<Outcome, 'ok'>): string[] {
  return results.flatMap(({ check, findings }) =>
    findings
      .filter((finding) => finding.outcome === outcome)
      .map(({ subject, found }) => `${check}: ${subject}: ${found}`),
  );
}
