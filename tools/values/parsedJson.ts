/** What a text says as JSON; undefined where it is none, such as half of an answer or a page of HTML. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
