/** Namespace of our keys in a stack's configuration: the project's name. */
export const configNamespace = 'tracewright';
