import { checkOptions, FUNCTION, type OptionKinds } from '../../core/optionKinds.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import type { ErrorFacts } from '../errorFacts.ts';
import type { Classifiable, Classification, RuleSet } from './classification.ts';
import { classificationOf } from './codeTable.ts';
import { DatabaseOrigin } from './databaseOrigin.ts';
import { CLASSIFICATION_RULES, type ErrorRule } from './errorRule.ts';
import { errorsWithin } from './errorsWithin.ts';
import { Origins } from './origins.ts';
import { ruleSets } from './ruleSets.ts';
import { UserRules } from './userRules.ts';

/** What an `ErrorClassifier` may be given. All is optional. */
export interface ErrorClassifierOptions {
  /**
   * Rules of the application's. The first that fits counts, before all that are built in. At most 1000.
   * @defaultValue none
   */
  readonly rules?: readonly ErrorRule[];
  /**
   * Told once of each rule whose `matches` throws or returns a promise.
   * @defaultValue nobody is told
   */
  readonly onError?: (error: Error) => void;
}

const OPTIONS: OptionKinds<ErrorClassifierOptions> = { rules: CLASSIFICATION_RULES, onError: FUNCTION };

/**
 * Says what an error is about.
 *
 * Rules of the application come first. Then sets of rules are asked, those first that are surest: what a code or a class
 * tells that only one library has, then what a status, a package or a name tells, then what is left: the language's own
 * classes, and the application's. Within a set the innermost cause or aggregated error decides that it knows: a
 * wrapper of the application's is only about its rules where nothing inside of it tells otherwise. A failure of the network
 * on the way to a database is the database's.
 */
export class ErrorClassifier {
  readonly #userRules: UserRules;
  readonly #ruleSets: readonly (readonly RuleSet[])[];
  readonly #databaseOrigin: DatabaseOrigin;
  readonly #unknown = classificationOf('unknown', 'none');

  /** @throws ConfigurationError with every option that is unknown or not of its kind. */
  constructor(options: ErrorClassifierOptions = {}) {
    checkOptions(options, OPTIONS, 'error classification');
    const origins = new Origins();
    this.#userRules = new UserRules(options.rules ?? [], neverThrowing(options.onError ?? (() => undefined)));
    this.#ruleSets = ruleSets(origins);
    this.#databaseOrigin = new DatabaseOrigin(origins);
  }

  /** The category and the rule that gave it: `unknown` and `none` where no rule knows. Never throws. */
  classify(captured: Classifiable): Classification {
    const errors = errorsWithin(captured.error);
    const byUser = this.#userRules.isEmpty ? undefined : this.#userRules.classify(errors.toReversed(), captured);
    if (byUser !== undefined) return byUser;
    for (const rules of this.#ruleSets) {
      const told = firstTold(rules, errors, captured);
      if (told !== undefined) return this.#databaseOrigin.corrected(told, errors, captured);
    }
    return this.#unknown;
  }
}

/** What the rules tell of the innermost error that they know. */
function firstTold(
  rules: readonly RuleSet[],
  errors: readonly ErrorFacts[],
  captured: Classifiable,
): Classification | undefined {
  for (const error of errors) {
    for (const rule of rules) {
      const told = rule(error, captured);
      if (told !== undefined) return told;
    }
  }
  return undefined;
}
