import type {
  ErrorCategory,
  ErrorSeverity,
  GroupHappening,
  ResolutionState,
} from '../../../../src/dashboard/api/errors/errorSchema.ts';

/** Tones of a `Badge`, without what draws it: words need no browser. */
type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

/** What people do with a group's state. */
export type StateChange = 'acknowledge' | 'resolve' | 'ignore' | 'reopen';

/** How severities look, the worst first. */
export const SEVERITY_TONES: Readonly<Record<ErrorSeverity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warning',
  low: 'neutral',
};

/** How states look. */
export const STATE_TONES: Readonly<Record<ResolutionState, Tone>> = {
  open: 'warning',
  acknowledged: 'info',
  resolved: 'good',
  ignored: 'neutral',
};

/** What errors of a category are called. */
export const CATEGORY_NAMES: Readonly<Record<ErrorCategory, string>> = {
  system: 'system',
  database: 'database',
  network: 'network',
  authentication: 'authentication',
  validation: 'validation',
  business_logic: 'business logic',
  external_service: 'external service',
  unknown: 'unknown',
};

/** What happened to groups, in words. */
export const HAPPENING_NAMES: Readonly<Record<GroupHappening, string>> = {
  appeared: 'new',
  regressed: 'came back',
  spiked: 'began to spike',
  resolved: 'resolved',
};

/** Everything that happens to groups. */
export const HAPPENINGS = Object.keys(HAPPENING_NAMES) as readonly GroupHappening[];
/** Every category. */
export const CATEGORIES = Object.keys(CATEGORY_NAMES) as readonly ErrorCategory[];
/** Every severity, the worst first. */
export const SEVERITIES = Object.keys(SEVERITY_TONES) as readonly ErrorSeverity[];
/** Every state. */
export const STATES = Object.keys(STATE_TONES) as readonly ResolutionState[];

/** What can be done with a group in each state. */
export const CHANGES: Readonly<Record<ResolutionState, readonly StateChange[]>> = {
  open: ['acknowledge', 'resolve', 'ignore'],
  acknowledged: ['resolve', 'ignore', 'reopen'],
  resolved: ['reopen'],
  ignored: ['resolve', 'reopen'],
};

/** What is on the buttons. */
export const CHANGE_NAMES: Readonly<Record<StateChange, string>> = {
  acknowledge: 'Acknowledge',
  resolve: 'Resolve',
  ignore: 'Ignore',
  reopen: 'Reopen',
};

/** What is said when it is done. */
export const CHANGED: Readonly<Record<StateChange, string>> = {
  acknowledge: 'Acknowledged',
  resolve: 'Resolved',
  ignore: 'Ignored',
  reopen: 'Reopened',
};

/** How errors came to be known. */
export const SOURCES: Readonly<Record<string, string>> = {
  call: 'given to capture',
  span: 'exception of a span',
  request: 'failed request',
  log: 'logged',
  unhandledRejection: 'rejection that nobody handled',
  uncaughtException: 'exception that nobody caught',
};

/** A number of users, of which there may be more. */
export function usersText(users: number, hasMore: boolean): string {
  return hasMore ? `${users} or more` : String(users);
}

/** How often something happened: of a group more than once, or on several instances, or of one that is gone. */
export function timesText(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

/** How the newer half of a window compares with the older. */
export function trendText(trend: number | undefined): string {
  if (trend === undefined) return 'no errors in the older half';
  if (trend >= 0.8 && trend <= 1.25) return 'as many as in the older half';
  return trend > 1
    ? `${trend.toFixed(1)} times the older half`
    : `down to ${Math.round(trend * 100)} % of the older half`;
}
