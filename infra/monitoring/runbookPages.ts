/** Where the runbooks are. */
export interface RunbookPages {
  /** Address of what holds them all, without a slash at its end. */
  readonly directory: string;
  /** What follows a page's name: `.md`, or nothing. */
  readonly suffix: string;
}

/** What `monitoring.runbookBaseUrl` says: an address that pages are in, or one with `{alert}` in the place of a page's name. */
export function runbookPages(runbookBaseUrl: string): RunbookPages {
  const [directory = '', suffix = ''] = runbookBaseUrl.split('/{alert}');
  return { directory, suffix };
}

/** The address of an alert's runbook. */
export function runbookUrl(alert: string, runbookBaseUrl: string): string {
  const { directory, suffix } = runbookPages(runbookBaseUrl);
  return `${directory}/${alert}${suffix}`;
}
