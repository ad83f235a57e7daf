import { answerAtOnce } from '../../core/answerAtOnce.ts';
import { toError } from '../../core/toError.ts';
import type { ErrorFacts } from '../errorFacts.ts';
import type { Classifiable, Classification } from './classification.ts';
import { classificationOf } from './codeTable.ts';
import type { ErrorRule } from './errorRule.ts';

/** A rule, ready to be asked. */
interface ReadyRule {
  readonly rule: ErrorRule;
  readonly classification: Classification;
}

/** The rules of an application. What is wrong with one is told once. */
export class UserRules {
  readonly #rules: readonly ReadyRule[];
  readonly #told = new Set<ErrorRule>();
  readonly #onError: (error: Error) => void;

  /** @param onError - must not throw */
  constructor(rules: readonly ErrorRule[], onError: (error: Error) => void) {
    this.#rules = rules.map((given) => {
      const rule = ownRule(given);
      return { rule, classification: classificationOf(rule.category, rule.name) };
    });
    this.#onError = onError;
  }

  /** Whether there are any. */
  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** What the first rule says that fits one of the errors; `undefined` where none does. Never throws. */
  classify(errors: readonly ErrorFacts[], captured: Classifiable): Classification | undefined {
    return this.#rules.find(({ rule }) => errors.some((error) => this.#fits(rule, error, captured)))?.classification;
  }

  #fits(rule: ErrorRule, error: ErrorFacts, captured: Classifiable): boolean {
    if (!isLike(rule, error, captured)) return false;
    if (rule.matches === undefined) return true;
    try {
      return answerAtOnce(() => rule.matches?.(error, captured)) === true;
    } catch (thrown) {
      this.#tell(rule, thrown);
      return false;
    }
  }

  #tell(rule: ErrorRule, thrown: unknown): void {
    if (this.#told.has(rule)) return;
    this.#told.add(rule);
    const { message } = toError(thrown);
    this.#onError(new Error(`The error rule ${JSON.stringify(rule.name)} failed: ${message}`, { cause: thrown }));
  }
}

function isLike(rule: ErrorRule, error: ErrorFacts, captured: Classifiable): boolean {
  return (
    (rule.type === undefined || rule.type === error.type || error.classes.includes(rule.type)) &&
    (rule.code === undefined || rule.code === error.code) &&
    (rule.status === undefined || rule.status === error.status) &&
    (rule.source === undefined || rule.source === captured.source) &&
    (rule.operation === undefined || rule.operation === captured.request.operation) &&
    (rule.message === undefined || isInMessage(rule.message, error.message))
  );
}

function isInMessage(wanted: string | RegExp, message: string): boolean {
  return typeof wanted === 'string' ? message.includes(wanted) : wanted.test(message);
}

/** A rule that does not change when the given one does, and whose expression keeps no place between two messages. */
function ownRule(rule: ErrorRule): ErrorRule {
  const { message } = rule;
  if (!(message instanceof RegExp)) return { ...rule };
  return { ...rule, message: new RegExp(message.source, message.flags.replaceAll(/[gy]/g, '')) };
}
