import type { RuleSet } from '../classification.ts';
import { codeTable } from '../codeTable.ts';
import { KNOWN_CLASSES } from '../tables/knownClasses.ts';

/** Classes that only one kind of library has, by the error's own or one that it inherits. */
export function classRules(): RuleSet {
  const classes = codeTable('class.known', KNOWN_CLASSES);
  return (error) => {
    const own = classes.get(error.type);
    if (own !== undefined) return own;
    for (const name of error.classes) {
      const known = classes.get(name);
      if (known !== undefined) return known;
    }
    return undefined;
  };
}
