import { kind, refuse, type Refused, take, type TextKind, type ValueKind } from './reading.ts';

/** An address of HTTP; it may hold a user name and a password. */
export const HTTP_URL: ValueKind<string> = kind('an absolute URL that begins with http:// or https://', (value) =>
  isHttpUrl(value) ? take(value) : refuseUrl(value),
);

/** An address of HTTP without a user name and a password. */
export const PLAIN_HTTP_URL: ValueKind<string> = kind(
  'an absolute URL that begins with http:// or https://, without a user name and a password',
  (value) => (isHttpUrl(value) && !hasUserInfo(value) ? take(value) : refuse(withScheme(value))),
);

/** `host:port` of an agent that serves sampling strategies, as Jaeger's older clients have it. */
export const SAMPLING_HOST_PORT: TextKind<string> = {
  allowed: 'host:port',
  fromText: (text) =>
    /^[^\s/:@]+:\d{1,5}$/.test(text) ? PLAIN_HTTP_URL.fromValue(`http://${text}/sampling`) : refuse(),
};

/** A host by itself. */
export const HOST: ValueKind<string> = kind(
  'a host name or an IP address, without scheme, port or brackets',
  (value) => {
    if (typeof value !== 'string') return refuse();
    return /^[\w.-]+$/.test(value) || isIpv6Address(value) ? take(value) : refuse();
  },
);

/** Whether a host is an address of IP version 6. */
export function isIpv6Address(host: string): boolean {
  return /^[\da-f:.]*:[\da-f:.]*$/i.test(host) && URL.canParse(`http://[${host}]/`);
}

/**
 * With an `@` after the host, what stands before it may be the rest of a password that nobody encoded, and would be sent
 * to whoever is called like its beginning.
 */
function isHttpUrl(value: unknown): value is string {
  const isOfForm = typeof value === 'string' && /^https?:\/\/[^/?#\\\s]+(?:[/?#][^@\\\s]*)?$/i.test(value);
  return isOfForm && URL.canParse(value);
}

function refuseUrl(value: unknown): Refused {
  const mayHoldPassword = typeof value === 'string' && value.includes('@');
  return refuse(mayHoldPassword ? { remedy: 'percent-encode @, /, ? and # in a password' } : withScheme(value));
}

/** `collector:4317` lacks no more than a scheme. What may hold a secret is not said again. */
function withScheme(value: unknown): { readonly remedy?: string } {
  const lacksScheme = typeof value === 'string' && /^[\w.-]+:\d{1,5}(?:\/[\w./-]*)?$/.test(value);
  return lacksScheme && isHttpUrl(`http://${value}`) ? { remedy: `did you mean http://${value}?` } : {};
}

function hasUserInfo(text: string): boolean {
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}
