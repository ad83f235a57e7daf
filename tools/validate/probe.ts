import type { ReportDetail } from '../console/phases.ts';
import type { CheckContext, Component } from './check.ts';
import type { ProbeResult } from './report/report.ts';

/** What a probe works with. */
export interface ProbeContext extends CheckContext {
  /** Says what it is doing, in a few words. */
  readonly report: ReportDetail;
}

/** An examination beside the checks that takes minutes, puts the deployment under load, and is asked for by an option of its own. */
export interface Probe {
  /** In kebab-case; its option is `--NAME`. No check has it as its id. */
  readonly name: string;
  /** What the option does, as the help says it. */
  readonly description: string;
  /** What a result that says that it could not be run belongs to. */
  readonly component: Component;
  /**
   * Examines. What it throws is told as `unchecked`. When `signal` ends it, it cleans up, within ten seconds, and may return what it has found
   * by then.
   */
  readonly run: (context: ProbeContext) => Promise<ProbeResult>;
}
