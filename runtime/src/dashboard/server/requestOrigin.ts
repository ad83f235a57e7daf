import { isIP } from 'node:net';

/** Which names the page is served under. */
export interface AllowedHosts {
  /** Names, without port; `undefined` for whatever the application lets through. */
  readonly names: readonly string[] | undefined;
}

/** Whether the page is served under the name that was asked for. Against DNS that leads another site's name to this machine. */
export function isAllowedHost(host: string | undefined, { names }: AllowedHosts): boolean {
  if (names === undefined) return true;
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  // DNS leads names astray, no addresses: peers ask by those.
  return isIP(name.replace(/^\[(.+)\]$/, '$1')) !== 0 || name === 'localhost' || names.includes(name);
}

/**
 * Whether a browser was made to ask by another site's page. Browsers say so themselves (`Sec-Fetch-Site`); of one that does
 * not, the origin must be that of the host that was asked.
 */
export function isCrossSite(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  const origin = headers.get('origin');
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('host');
}
