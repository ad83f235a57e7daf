import type { z } from 'zod';
import { jsonReportSchema } from '../../../tools/validate/report/jsonReport.ts';
import { npmRun } from '../../support/commands.ts';

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

/** Validates a stack as a user does, whatever comes out. @throws Error when validate prints no report. */
export async function validateStack(stack: ValidatedStack, args: readonly string[]): Promise<ValidateReport> {
  const { checkout, cluster, name, configFile, environment = {} } = stack;
  const options = [
    '--cluster',
    cluster,
    '--stack',
    name,
    ...(configFile === undefined ? [] : ['--config-file', configFile]),
  ];
  const { stdout, stderr } = await npmRun('validate', [...options, ...args, '--json'], {
    cwd: checkout,
    env: environment,
    timeoutSeconds: 600,
  });
  const line = stdout.split('\n').at(-1) ?? '';
  if (line === '') throw new Error(`validate of ${name} printed nothing:\n${stderr}`);
  return jsonReportSchema.parse(JSON.parse(line));
}

/** What has failed, as `check: subject: found`. */
export function wrongIn({ results }: ValidateReport): string[] {
  return results.flatMap(({ check, findings }) =>
    findings
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ subject, found }) => `${check}: ${subject}: ${found}`),
  );
}
