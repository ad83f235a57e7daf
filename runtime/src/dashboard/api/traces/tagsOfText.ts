import { TraceQueryError } from '../../traces/traceQueryError.ts';

/** A name, and a value that is in double quotes, with `\"` and `\\` in them, or has no blanks. */
const PAIR = /\s*([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/y;

/**
 * Reads tags as people write them: `error=true http.route="GET /a b"`.
 *
 * @throws TraceQueryError of kind `badQuery` for what is no list of names with values
 */
export function tagsOfText(text: string): Readonly<Record<string, string>> {
  const tags: [string, string][] = [];
  const pair = new RegExp(PAIR);
  const whole = text.trimEnd();
  while (pair.lastIndex < whole.length) {
    const at = pair.lastIndex;
    const found = pair.exec(whole);
    if (found === null) {
      const rest = JSON.stringify(whole.slice(at, at + 60).trim());
      throw new TraceQueryError(
        'badQuery',
        `tags are written name=value, with blanks between them, which ${rest} is not`,
      );
    }
    const [, name = '', quoted, plain = ''] = found;
    tags.push([name, quoted === undefined ? plain : quoted.replaceAll(/\\(.)/gs, '$1')]);
  }
  return Object.fromEntries(tags);
}
