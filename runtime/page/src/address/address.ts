/** What is shown, as the address says it: `#/errors/1f3a?state=open`. It can be sent to a colleague. */
export interface Address {
  /** What stands between the slashes, decoded: the view first. Never empty. */
  readonly path: readonly string[];
  /** Filters, order and window of the view. */
  readonly query: Readonly<Record<string, string>>;
}

/** Where one begins. */
export const START: Address = { path: ['overview'], query: {} };

/**
 * Reads the fragment of an address. It is in the fragment so that it needs nothing of the server the page is mounted in, and
 * that no filter by user gets into access logs. What cannot be read leads to the start.
 */
export function parseAddress(fragment: string): Address {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length === 0) return START;
  try {
    return { path: parts.map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
  } catch {
    // A percent sign that encodes nothing.
    return START;
  }
}

/** The fragment of an address, with its `#`. Empty values are left out. */
export function formatAddress({ path, query }: Address): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const search = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}
