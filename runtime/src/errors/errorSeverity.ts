/** How bad an error is. */
export type ErrorSeverity = (typeof ERROR_SEVERITIES)[number];

/** Every severity, the least first. */
export const ERROR_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
