import { resolve } from 'node:path';
import { nearestTo } from '../../infra/schema/fields.ts';
import { knownStacks, OptionError } from '../stack/options.ts';
import { reportFormats, type ReportFormat } from './report/reportFormats.ts';

/** A file that a run is written down in. */
export interface ReportFile {
  readonly format: ReportFormat;
  readonly file: string;
}

/** What a user asked `policy` for, checked. */
export interface PolicyOptions {
  readonly checkout: string;
  /** Names of stacks that are previewed, in this order. */
  readonly stacks: readonly string[];
  /** Files and directories with manifests. */
  readonly manifests: readonly string[];
  /** Whose levels and parameters manifests are held to. */
  readonly environment: string;
  /** Another configuration than the checkout's own. */
  readonly config?: string;
  readonly reports: readonly ReportFile[];
  readonly json: boolean;
}

/** Options as commander gives them. */
export interface RawPolicyOptions {
  readonly stack?: readonly string[];
  readonly manifests?: readonly string[];
  readonly environment?: string;
  readonly config?: string;
  readonly report?: readonly string[];
  readonly json?: boolean;
}

/**
 * Checks the options of the command line before anything is started. Without stacks and manifests, every stack of the checkout is meant.
 *
 * @throws OptionError naming the option, its value and what is allowed.
 */
export function parsePolicyOptions(raw: RawPolicyOptions, checkout: string): PolicyOptions {
  const { stack = [], manifests = [], environment, config, report = [], json = false } = raw;
  if (environment !== undefined && manifests.length === 0)
    throw new OptionError('environment', 'belongs to --manifests; a stack has one in its configuration');
  requireText('environment', environment);
  for (const path of manifests) requireText('manifests', path);
  return {
    checkout,
    stacks: stack.length > 0 || manifests.length > 0 ? [...new Set(stack)] : everyStack(checkout),
    manifests,
    environment: environment ?? 'prod',
    reports: report.map(parseReport),
    json,
    ...(config === undefined ? {} : { config: resolve(config) }),
  };
}

/** An empty text is what a shell makes of a variable that is not set. */
function requireText(option: string, value: string | undefined): void {
  if (value === '') throw new OptionError(option, 'is empty');
}

function everyStack(checkout: string): readonly string[] {
  const stacks = knownStacks(checkout);
  if (stacks.length > 0) return stacks;
  throw new OptionError(
    'stack',
    `there is no Pulumi.<name>.yaml in ${checkout}; name manifests with --manifests instead`,
  );
}

function parseReport(text: string): ReportFile {
  const [, name = text, file = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const format = reportFormats.find((known) => known === name);
  if (format !== undefined && file !== '') return { format, file: resolve(file) };
  const nearest = format === undefined ? nearestTo(name, reportFormats) : undefined;
  const suggestion = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new OptionError(
    'report',
    `"${text}" is no FORMAT=FILE${suggestion} (formats: ${reportFormats.join(', ')}), as in sarif=policy.sarif`,
  );
}
