const BENEATH = '/*';

/**
 * Tells which requests are not traced.
 *
 * @param paths - without query; one that ends in `/*` stands for itself and all that is beneath it
 */
export function ignoredPaths(paths: readonly string[]): (url: string | undefined) => boolean {
  const exact = new Set(paths);
  const trees = paths.filter((path) => path.endsWith(BENEATH)).map((path) => path.slice(0, -BENEATH.length));
  return (url) => {
    const path = (url ?? '').split('?', 1)[0] ?? '';
    return exact.has(path) || trees.some((tree) => path === tree || path.startsWith(`${tree}/`));
  };
}
