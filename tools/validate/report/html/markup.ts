import { plainText } from '../../../../runtime/page/src/components/plainText.ts';

/** HTML that is safe to be put into a page; only {@link html} makes it. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template; texts and numbers are escaped, of a list each part. */
export type Content = Markup | string | number | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup of a template, in which whatever is put in is text, in elements and in quoted attributes, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...contents.map(render)));
}

function render(content: Content): string {
  if (content instanceof Markup) return content.toString();
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content));
  return content.map(render).join('');
}

/** What turns the direction of writing, or cannot be seen, is written out, too; lines stay lines. */
function escaped(text: string): string {
  const seen = text.split(/\r?\n/).map(plainText).join('\n');
  return seen.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
