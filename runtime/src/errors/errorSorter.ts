import { answerAtOnce } from '../core/answerAtOnce.ts';
import { checkOneOf } from '../core/query/checkOneOf.ts';
import type { CapturedError } from './capturedError.ts';
import type { ErrorClassifier } from './classification/errorClassifier.ts';
import { ERROR_CATEGORIES, type ErrorCategory } from './errorCategory.ts';
import type { ErrorTrackerOptions } from './errorTrackerOptions.ts';
import type { ErrorGrouper, Fingerprint } from './grouping/errorGrouper.ts';
import type { GroupedAs } from './groups/store/groupRecord.ts';
import type { ToldError } from './toldError.ts';

/** What a sorter needs. */
export interface ErrorSorterOptions {
  readonly grouper: Pick<ErrorGrouper, 'fingerprintOf'>;
  readonly classifier: Pick<ErrorClassifier, 'classify'>;
  /** The application's own. */
  readonly fingerprint: ErrorTrackerOptions['fingerprint'];
  /** Gets what the application says wrongly. */
  readonly report: (error: unknown) => undefined;
}

/** Says which group an error belongs to and what it is about: what the application says goes before what the rules do. */
export class ErrorSorter {
  readonly #options: ErrorSorterOptions;

  constructor(options: ErrorSorterOptions) {
    this.#options = options;
  }

  groupedAs(captured: CapturedError, told: ToldError): GroupedAs {
    const { id, culprit } = this.#fingerprintOf(captured, told);
    const category = this.categorySaid(told) ?? this.#options.classifier.classify(captured).category;
    return { id, culprit, category };
  }

  /** What the application says that it is about. Callers without types say anything. */
  categorySaid({ category }: ToldError): ErrorCategory | undefined {
    if (category === undefined) return undefined;
    try {
      checkOneOf('category', category, ERROR_CATEGORIES);
      return category;
    } catch (error) {
      return this.#options.report(error);
    }
  }

  #fingerprintOf(captured: CapturedError, told: ToldError): Fingerprint {
    const said = this.#fingerprintSaid(captured, told);
    return this.#options.grouper.fingerprintOf(captured.error, said, captured.request.operation);
  }

  /** What the application says in `capture`, or else by its function; what is none is reported. */
  #fingerprintSaid(captured: CapturedError, told: ToldError): readonly string[] | undefined {
    const { fingerprint, report } = this.#options;
    if (told.fingerprint === undefined && fingerprint === undefined) return undefined;
    try {
      const said: unknown = told.fingerprint ?? answerAtOnce(() => fingerprint?.(captured));
      if (said === undefined || isListOfTexts(said)) return said;
      throw new TypeError('a fingerprint has to be an array of texts; the error is grouped without it');
    } catch (error) {
      return report(error);
    }
  }
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}
