import type { Check } from './check.ts';
import { objectsPresent } from './checks/objects/objectsPresent.ts';

/** Every check, in the order of reports: one line each, and one file each in `checks/COMPONENT/`. */
export const allChecks: readonly Check[] = [objectsPresent];
