import type { IncomingHttpHeaders } from 'node:http';

/** One request of a visitor, its cookies among the headers. */
export interface WebRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer to it. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Carries a request to whoever is at an address. */
export type WebTransport = (url: URL, request: WebRequest) => Promise<WebAnswer>;

/** Where a visit ended. */
export interface WebPage extends WebAnswer {
  readonly url: URL;
  /** Every address on the way there. */
  readonly way: readonly string[];
}

/** A cookie as a browser keeps it. */
export interface KeptCookie {
  readonly host: string;
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly attributes: readonly string[];
}

const mostRedirections = 10;

/**
 * Somebody with a browser: follows redirections, and keeps cookies as RFC 6265bis says (host, path, `Secure`, the prefixes of
 * names, an end in the past), for addresses that need no name service.
 */
export class WebVisitor {
  readonly cookies = new Map<string, KeptCookie>();
  readonly #transport: WebTransport;

  constructor(transport: WebTransport) {
    this.#transport = transport;
  }

  /** Asks for one page; a redirection is an answer like any other. */
  async ask(address: string | URL, request: Partial<WebRequest> = {}): Promise<WebPage> {
    const url = new URL(address);
    const cookie = this.#cookiesFor(url);
    const headers = { accept: 'text/html', ...request.headers, ...(cookie !== '' && { cookie }) };
    const answer = await this.#transport(url, { method: 'GET', ...request, headers });
    for (const text of answer.headers['set-cookie'] ?? []) this.#keep(url, text);
    return { ...answer, url, way: [url.href] };
  }

  /** Asks for a page and follows where it leads. */
  async visit(address: string | URL, request: Partial<WebRequest> = {}): Promise<WebPage> {
    const way: string[] = [];
    let page = await this.ask(address, request);
    for (;;) {
      way.push(page.url.href);
      const { location } = page.headers;
      if (location === undefined || page.status < 300 || page.status > 399) return { ...page, way };
      if (way.length > mostRedirections) throw new Error(`redirected in a circle: ${way.join(' → ')}`);
      page = await this.ask(new URL(location, page.url));
    }
  }

  /** Fills in the form of a page that was visited, as a person would. */
  submit(page: WebPage, fields: Readonly<Record<string, string>>): Promise<WebPage> {
    const action = /<form[^>]*action="([^"]*)"/.exec(page.body)?.[1];
    if (action === undefined) throw new Error(`no form on ${page.url.href}: ${page.status} ${page.body.slice(0, 500)}`);
    return this.visit(new URL(action.replaceAll('&amp;', '&'), page.url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  #cookiesFor({ protocol, hostname, pathname }: URL): string {
    return [...this.cookies.values()]
      .filter(({ host, path, attributes }) => {
        const within = pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
        return host === hostname && within && (protocol === 'https:' || !attributes.includes('secure'));
      })
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep({ hostname }: URL, text: string): void {
    const [pair = '', ...rest] = text.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const attributes = rest.map((attribute) => attribute.toLowerCase());
    const path = rest.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
    const secure = attributes.includes('secure');
    const bound = path === '/' && !attributes.some((attribute) => attribute.startsWith('domain='));
    if (/^__(?:Host|Secure)-/.test(name) && !secure) return;
    if (name.startsWith('__Host-') && !bound) return;
    const key = `${hostname} ${path} ${name}`;
    if (hasEnded(attributes)) this.cookies.delete(key);
    else this.cookies.set(key, { host: hostname, name, value: pair.slice(name.length + 1), path, attributes });
  }
}

function hasEnded(attributes: readonly string[]): boolean {
  const expires = attributes.find((attribute) => attribute.startsWith('expires='));
  if (attributes.some((attribute) => /^max-age=(?:0|-\d+)$/.test(attribute))) return true;
  return expires !== undefined && Date.parse(expires.slice('expires='.length)) < Date.now();
}
