import type { CodesByCategory } from '../codeTable.ts';

/**
 * What `fetch` rejects with, here and in browsers, where it does not say why.
 *
 * Sources: undici, lib/web/fetch/index.js; Chromium, WebKit and Firefox word it as the others.
 */
export const FETCH_FAILURES: CodesByCategory = {
  network: [
    'fetch failed',
    'terminated',
    'Failed to fetch',
    'Load failed',
    'network error',
    'NetworkError when attempting to fetch resource.',
  ],
};

/**
 * Causes that `fetch` gives, which have no code.
 *
 * Source: undici, lib/web/fetch/index.js, `makeNetworkError`.
 */
export const FETCH_CAUSES: CodesByCategory = {
  validation: [
    'bad port',
    'failed to fetch the data URL',
    'local URLs only',
    'unknown scheme',
    'URL scheme must be a HTTP(S) scheme',
  ],
  authentication: ['proxy authentication required'],
  external_service: ['redirect count exceeded', 'unexpected redirect'],
};
