import type { CodesByCategory } from '../codeTable.ts';

/**
 * Classes of the language and of the web platform, by what they mostly mean. An `AbortError` does not tell why somebody
 * gave up.
 *
 * Sources: ECMAScript, "Native Error Types"; Web IDL, "DOMException" names; WebAssembly JavaScript Interface, "Error objects".
 */
export const LANGUAGE_CLASSES: CodesByCategory = {
  system: [
    'AssertionError',
    'CompileError',
    'DataCloneError',
    'DataError',
    'EvalError',
    'HierarchyRequestError',
    'InvalidAccessError',
    'InvalidStateError',
    'LinkError',
    'NotReadableError',
    'NotSupportedError',
    'QuotaExceededError',
    'RangeError',
    'ReferenceError',
    'RuntimeError',
    'SyntaxError',
    'SystemError',
    'TypeError',
  ],
  validation: ['EncodingError', 'InvalidCharacterError', 'URIError'],
  network: ['NetworkError', 'TimeoutError'],
};
