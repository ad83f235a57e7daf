import { matchesWildcard } from '../../wildcard.ts';

/** The parameter that names what is made by somebody else. */
export const elsewhereParameter = {
  elsewhere: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
    description:
      'What is made elsewhere and need not be in the set: `namespace/name`, where `*` stands for any text: `shop/vault-*`. Without a namespace: `/name`.',
  },
} as const;

/** Whether one of the patterns names an object. */
export function isElsewhere(elsewhere: readonly string[], namespace: string, name: string): boolean {
  return elsewhere.some((pattern) => matchesWildcard(pattern, `${namespace}/${name}`));
}
