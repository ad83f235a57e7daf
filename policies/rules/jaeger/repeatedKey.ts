/**
 * Finds a key that stands twice in one mapping of a JSON text, of which `JSON.parse` keeps the last without a word.
 *
 * @param json - A text that `JSON.parse` takes.
 */
export function repeatedKey(json: string): string | undefined {
  // One entry for each mapping or list that is open; lists have no keys.
  const open: (Set<string> | undefined)[] = [];
  for (const [token, key] of json.matchAll(/"((?:[^"\\]|\\.)*)"(?=\s*:)|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (key !== undefined) {
      const keys = open.at(-1);
      const name = String(JSON.parse(`"${key}"`));
      if (keys?.has(name)) return name;
      keys?.add(name);
    }
  }
  return undefined;
}
