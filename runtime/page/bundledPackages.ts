/**
 * Packages of others that are in the page's bundle, and so in the runtime's package, by name. The build fails when it has others:
 * what they are licensed under and what is known against them is judged as of what we publish (tools/check).
 */
export const bundledPackages: readonly string[] = ['@tanstack/virtual-core', 'preact', 'uplot'];
