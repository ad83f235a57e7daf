import type { OptionKind } from '../core/optionKinds.ts';
import { Secret } from '../core/secret.ts';

const SHORTEST_TOKEN = 16;

/** What lets people or replicas in: it has to fit into a header. */
export const TOKEN: OptionKind = {
  allowed: `a Secret of at least ${SHORTEST_TOKEN} characters of ASCII on one line, no blanks around them`,
  accepts: (value) =>
    value instanceof Secret && value.reveal().length >= SHORTEST_TOKEN && /^[!-~][ -~]*[!-~]$/.test(value.reveal()),
  shown: (value) => (value instanceof Secret ? 'another Secret' : typeof value),
};
