import type { CapturedError } from '../../capturedError.ts';
import type { ErrorCategory } from '../../errorCategory.ts';
import type { ErrorSeverity } from '../../errorSeverity.ts';
import type { ErrorGroupsConfig } from '../errorGroupsOptions.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import { ruledSeverity } from './severityRule.ts';
import { isWorse, tableSeverity } from './severityTable.ts';

/**
 * Says how bad a group is: as bad as the worst of its errors since it was opened. A group's severity rises by itself and does
 * not fall until the group comes back after it was resolved: what has been bad stays so until somebody has looked at it. Only
 * that errors were not handled is taken back, where it turns out that all of them were: a span tells of them first.
 */
export class SeverityJudge {
  readonly #config: ErrorGroupsConfig;
  readonly #onError: (error: unknown) => void;

  constructor(config: ErrorGroupsConfig, onError: (error: unknown) => void) {
    this.#config = config;
    this.#onError = onError;
  }

  /**
   * An error of the group was counted, or more is known of one.
   *
   * @param isAlone - whether it is the only one since the group was opened
   */
  judge(record: GroupRecord, captured: CapturedError, isAlone: boolean, nowMillis: number): void {
    const { category, unhandled, endsProcess } = record;
    const grounds = {
      category,
      isFrequent: record.minutes.highest(nowMillis) >= this.#config.highRatePerMinute,
      hitsMany: record.users.countSince >= this.#config.manyUsers,
    };
    const ruled = this.#ruled(captured, category);
    const found = ruled ?? tableSeverity({ ...grounds, isUnhandled: unhandled > 0, endsProcess });
    const handled = tableSeverity({ ...grounds, isUnhandled: false, endsProcess: false });
    // What a rule says of an error that was not handled says nothing of it if it had been.
    const ruledIfHandled = captured.isHandled ? ruled : ruled && 'low';
    record.handledSeverity = worse(ruledIfHandled ?? handled, isAlone ? 'low' : record.handledSeverity);
    const isAllHandled = unhandled === 0 && !endsProcess;
    record.judgedSeverity = isAllHandled
      ? record.handledSeverity
      : worse(found, isAlone ? 'low' : record.judgedSeverity);
  }

  /** The severity of an error that has no group. */
  ofUngrouped(captured: CapturedError, category: ErrorCategory): ErrorSeverity {
    const { isHandled, isUncaught = false } = captured;
    const grounds = { category, isUnhandled: !isHandled, endsProcess: isUncaught };
    return this.#ruled(captured, category) ?? tableSeverity({ ...grounds, isFrequent: false, hitsMany: false });
  }

  /** The severity of an error that nobody has looked at: rules cannot be asked about it. */
  ofUnseen(isHandled: boolean): ErrorSeverity {
    const grounds = { category: 'unknown', isUnhandled: !isHandled, endsProcess: false } as const;
    return tableSeverity({ ...grounds, isFrequent: false, hitsMany: false });
  }

  #ruled(captured: CapturedError, category: ErrorCategory): ErrorSeverity | undefined {
    const { severityRules } = this.#config;
    if (severityRules.length === 0) return undefined;
    return ruledSeverity(severityRules, captured, category, this.#onError);
  }
}

function worse(first: ErrorSeverity, second: ErrorSeverity): ErrorSeverity {
  return isWorse(first, second) ? first : second;
}
