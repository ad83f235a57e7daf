import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearestTo } from '../../infra/schema/fields.ts';
import { OptionError, parseStackOptions, requireConfigFile, type UpOptions } from '../stack/options.ts';
import { components, type Component, type Need } from './check.ts';
import type { DeploymentAddresses } from './openDeployment.ts';

/** A report that is written to a file. */
export interface ReportFile {
  readonly option: ReportOption;
  /** Absolute. */
  readonly file: string;
}

/** Options that name the file of a report. */
export const reportOptions = ['html', 'json-file', 'junit'] as const;

/** One of {@link reportOptions}. */
export type ReportOption = (typeof reportOptions)[number];

/** What a user asked `validate` for, checked. */
export interface ValidateOptions {
  /** Which stack, and where. */
  readonly target: UpOptions;
  readonly addresses: DeploymentAddresses;
  /** Whether something may be changed, such as a span that is sent. */
  readonly active: boolean;
  /** What checks may need, of that which was given. */
  readonly given: ReadonlySet<Need>;
  /** Components whose checks are run; all when there is none. */
  readonly only: ReadonlySet<Component>;
  /** Modules with further checks, by their absolute paths. */
  readonly checkFiles: readonly string[];
  /** At most one of each option, each another file. */
  readonly reports: readonly ReportFile[];
  readonly verbose: boolean;
  readonly json: boolean;
  /** Whether checks are listed, and none is run. */
  readonly list: boolean;
}

/** Options as commander gives them. */
export interface RawValidateOptions {
  readonly stack: string;
  readonly configFile?: string;
  readonly context?: string;
  readonly cluster: string;
  readonly active?: boolean;
  readonly only?: readonly string[];
  readonly prometheus?: string;
  readonly dashboard?: readonly string[];
  readonly dashboardTokenFile?: string;
  readonly checks?: readonly string[];
  readonly html?: string;
  readonly jsonFile?: string;
  readonly junit?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
}

/**
 * Checks the options of the command line before anything is looked at. A stack need not have a configuration: what needs none can be
 * checked without it.
 *
 * @throws OptionError, or InvalidClusterNameError, naming the option, its value and what is allowed.
 */
export function parseValidateOptions(raw: RawValidateOptions, checkout: string): ValidateOptions {
  const { stack, cluster, configFile, context, active = false, json = false, verbose = false, list = false } = raw;
  const target = parseStackOptions(
    {
      stack,
      cluster,
      json,
      ...(configFile === undefined ? {} : { configFile }),
      ...(context === undefined ? {} : { context }),
    },
    checkout,
  );
  if (configFile !== undefined) requireConfigFile(target, true);
  const addresses = parseAddresses(raw);
  return {
    target,
    addresses,
    active,
    given: new Set<Need>([
      ...(active ? ['active' as const] : []),
      ...(addresses.prometheus === undefined ? [] : ['prometheus' as const]),
      ...(addresses.applications.length === 0 ? [] : ['dashboard' as const]),
    ]),
    only: new Set((raw.only ?? []).map(parseComponent)),
    checkFiles: (raw.checks ?? []).map((file) => resolve(requireText('checks', file))),
    reports: parseReports(raw),
    verbose,
    json,
    list,
  };
}

function parseAddresses(raw: RawValidateOptions): DeploymentAddresses {
  const { prometheus, dashboard = [], dashboardTokenFile } = raw;
  if (dashboardTokenFile !== undefined && dashboard.length === 0)
    throw new OptionError('dashboard-token-file', 'belongs to --dashboard URL, which is not given');
  const token = dashboardTokenFile === undefined ? undefined : readToken(dashboardTokenFile);
  return {
    ...(prometheus === undefined ? {} : { prometheus: parseAddress('prometheus', prometheus) }),
    applications: dashboard.map((address) => ({
      url: parseAddress('dashboard', address),
      ...(token === undefined ? {} : { token }),
    })),
  };
}

/** An address ends with `/`: what is asked for lies beneath it. */
function parseAddress(option: string, text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new OptionError(option, `"${text}" is no address; allowed: http://HOST:PORT/PATH or https://HOST:PORT/PATH`);
  // Not with its value: reports and logs would hold the password.
  if (url.username !== '' || url.password !== '')
    throw new OptionError(option, 'the address holds a user or a password, which reports would show; leave them out');
  if (url.search !== '' || url.hash !== '')
    throw new OptionError(option, `"${text}" has a query or a fragment; give the address alone, without ? and #`);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function readToken(file: string): string {
  const option = 'dashboard-token-file';
  const token = readText(option, resolve(requireText(option, file))).trim();
  // What a header can carry.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  const problem = token === '' ? 'is empty' : 'holds more than one word of printable ASCII';
  throw new OptionError(option, `${file} ${problem}; it must hold the token of the page and nothing else`);
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new OptionError(option, `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseComponent(text: string): Component {
  const component = components.find((known) => known === text);
  if (component !== undefined) return component;
  const nearest = nearestTo(text, components);
  const suggestion = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  throw new OptionError('only', `"${text}" is no component${suggestion}; allowed: ${components.join(', ')}`);
}

function parseReports({ html, jsonFile, junit }: RawValidateOptions): readonly ReportFile[] {
  const given = { html, 'json-file': jsonFile, junit };
  const reports = reportOptions.flatMap((option) => {
    const file = given[option];
    return file === undefined ? [] : [{ option, file: resolve(requireText(option, file)) }];
  });
  for (const [index, { option, file }] of reports.entries()) {
    const other = reports.slice(0, index).find((earlier) => earlier.file === file);
    if (other !== undefined) throw new OptionError(option, `${file} is the file of --${other.option} already`);
  }
  return reports;
}

/** An empty text is what a shell makes of a variable that is not set. */
function requireText(option: string, value: string): string {
  if (value === '') throw new OptionError(option, 'is empty');
  return value;
}
