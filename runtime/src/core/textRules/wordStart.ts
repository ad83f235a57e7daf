/**
 * Where a word begins in a pattern: behind what is no letter or digit, or behind an escape that ends in one: `\n` in JSON, `%3D`
 * in a URL.
 */
export const WORD_START = String.raw`(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))`;
