import type { ErrorFacts } from '../../errorFacts.ts';
import type { RuleSet } from '../classification.ts';
import { classificationOf, hasAny } from '../codeTable.ts';
import { isOutsideNode } from '../origins.ts';
import { FRAMEWORK_CLASSES, PLATFORM_CLASSES } from '../tables/knownClasses.ts';

/** A code that somebody made up: `INSUFFICIENT_STOCK`. */
const OWN_CODE = /^(?!E_|ERR_)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const LONGEST_CODE = 64;

/**
 * An error with a class or a code of the application's own, of which nothing else tells: a rule of the application was
 * broken. One that a package threw is the package's.
 */
export function businessRules(): RuleSet {
  const platform = new Set([...PLATFORM_CLASSES, ...FRAMEWORK_CLASSES]);
  const framework = new Set(FRAMEWORK_CLASSES);
  const ownClass = classificationOf('business_logic', 'business.ownClass');
  const ownCode = classificationOf('business_logic', 'business.ownCode');
  return (error) => {
    const { type, classes, code } = error;
    if (classes.length === 0 || isOfPackage(error)) return undefined;
    if (!platform.has(type) && !hasAny(classes, framework)) return ownClass;
    const isOwnCode = type === 'Error' && code !== undefined && code.length <= LONGEST_CODE && OWN_CODE.test(code);
    return isOwnCode ? ownCode : undefined;
  };
}

function isOfPackage({ frames }: ErrorFacts): boolean {
  return frames.find(isOutsideNode)?.isInApplication === false;
}
