/** What an error is about. `unknown` where no rule knows. */
export type ErrorCategory = (typeof ERROR_CATEGORIES)[number];

/** Every category. */
export const ERROR_CATEGORIES = [
  'system',
  'database',
  'network',
  'authentication',
  'validation',
  'business_logic',
  'external_service',
  'unknown',
] as const;
