import type { types } from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ingressUrl } from './endpoints.ts';
import { oauth2ProxyLogArguments } from './oauth2ProxyLog.ts';
import { oauth2ProxyPorts } from './ports.ts';

/** How people log in to the UI. */
export interface LoginSettings {
  /** Address of the issuer, as its discovery document names it. */
  readonly issuerUrl: string;
  /** Identifier of the client at the issuer. */
  readonly clientId: string;
  /** The Secret with the client's secret and the key of the cookies, in the namespace of the pods. */
  readonly secret: {
    /** Name of the Secret. */
    readonly name: string;
    /** Key of the client's secret in it. */
    readonly clientSecretKey: string;
    /** Key of the key of the cookies in it: 32 random bytes, in base64 with "-" and "_". */
    readonly cookieSecretKey: string;
  };
  /** Domains of the e-mail addresses that are let in; `*` for all. */
  readonly emailDomains: readonly string[];
  /** Groups that are let in. Empty: every group. */
  readonly groups: readonly string[];
  /** What the issuer is asked for. @defaultValue `openid email profile`, and `groups` where groups are named (oauth2-proxy's own) */
  readonly scopes?: readonly string[] | undefined;
  /** The claim that names a person's groups. @defaultValue `groups` */
  readonly groupsClaim?: string | undefined;
  /** Secret with the CA of the issuer, and its key in it. @defaultValue the trust store of the image */
  readonly ca?: { readonly name: string; readonly key: string } | undefined;
  /** Host name of the UI. */
  readonly host: string;
  /** Path that UI and API lie under. @defaultValue none */
  readonly basePath?: string | undefined;
}

const secretDirectory = '/etc/oauth2-proxy/secret';
const caDirectory = '/etc/oauth2-proxy/ca';
const secretVolume = 'login-secret';
const caVolume = 'issuer-ca';

/** For how long a log-in lasts. Whoever loses their rights at the issuer keeps the UI for no longer. */
const sessionHours = 8;

/** Where the files of {@link loginMounts} lie in a container. */
export function loginFiles({ ca }: Pick<LoginSettings, 'ca'>) {
  return {
    clientSecret: `${secretDirectory}/client-secret`,
    cookieSecret: `${secretDirectory}/cookie-secret`,
    ...(ca && { ca: `${caDirectory}/ca.crt` }),
  };
}

/** Where the issuer sends people back to: it must know this address. */
export function redirectUrl(settings: Pick<LoginSettings, 'host' | 'basePath'>): string {
  return `${ingressUrl({ ...settings, tlsSecretName: 'tls' })}/oauth2/callback`;
}

/**
 * Arguments of oauth2-proxy: it refuses one that it does not know, where it would overlook a variable. Source: oauth2-proxy
 * 7.15 `pkg/apis/options`.
 *
 * @param upstream - Address of the query service, without its base path.
 */
export function oauth2ProxyArguments(login: LoginSettings, upstream: pulumi.Input<string>): pulumi.Input<string>[] {
  const { clientSecret, cookieSecret, ca } = loginFiles(login);
  const { basePath = '' } = login;
  return [
    `--http-address=:${oauth2ProxyPorts.http.number}`,
    `--metrics-address=:${oauth2ProxyPorts.metrics.number}`,
    pulumi.interpolate`--upstream=${upstream}/`,
    `--proxy-prefix=${basePath}/oauth2`,
    `--redirect-url=${redirectUrl(login)}`,
    '--provider=oidc',
    `--oidc-issuer-url=${login.issuerUrl}`,
    `--client-id=${login.clientId}`,
    `--client-secret-file=${clientSecret}`,
    ...(ca === undefined ? [] : [`--provider-ca-file=${ca}`]),
    ...login.emailDomains.map((domain) => `--email-domain=${domain}`),
    ...login.groups.map((group) => `--allowed-group=${listed(group)}`),
    ...(login.scopes === undefined ? [] : [`--scope=${login.scopes.join(' ')}`]),
    ...(login.groupsClaim === undefined ? [] : [`--oidc-groups-claim=${login.groupsClaim}`]),
    '--code-challenge-method=S256',
    '--insecure-oidc-skip-nonce=false',
    // Left to the issuer: "force", the default, has people agree anew at each log-in.
    '--approval-prompt=auto',
    '--skip-provider-button=true',
    // A script whose log-in has ended is told so, and not sent to a page for people.
    `--api-route=^${basePath.replaceAll('.', '[.]')}/api/`,
    // Nothing that a request says of its way here is believed: the address of the UI is known, and cookies are always secure.
    '--reverse-proxy=false',
    ...cookieArguments(cookieSecret, basePath),
    ...upstreamArguments,
    ...oauth2ProxyLogArguments(basePath),
    '--footer=-',
  ];
}

/**
 * Cookies that only this UI is sent, over https. The prefixes have browsers hold to it (RFC 6265bis, 4.1.3): `__Host-` allows
 * no other path than `/`, with which other applications of the host would be sent the cookie too, so that it is for a host of its own.
 */
function cookieArguments(secretFile: string, basePath: string): string[] {
  const [prefix, path] = basePath === '' ? ['__Host-', '/'] : ['__Secure-', basePath];
  return [
    `--cookie-secret-file=${secretFile}`,
    `--cookie-name=${prefix}tracewright`,
    `--cookie-path=${path}`,
    '--cookie-secure=true',
    '--cookie-httponly=true',
    // Not "strict": people come back from the issuer, and from links in chats and alerts.
    '--cookie-samesite=lax',
    `--cookie-expire=${sessionHours}h`,
    // Several tabs may be sent to the issuer at once.
    '--cookie-csrf-per-request=true',
    '--cookie-csrf-per-request-limit=10',
    // Tokens are thrown away once they were checked: a stolen cookie opens nothing else.
    '--session-cookie-minimal=true',
  ];
}

/** The query service is told who asks, in headers that a client cannot set in its place, and never given a token. */
const upstreamArguments = [
  '--pass-user-headers=true',
  '--skip-auth-strip-headers=true',
  '--pass-basic-auth=false',
  '--pass-access-token=false',
  '--pass-authorization-header=false',
];

/** One entry of a list that is read as CSV, with the `$` that Kubernetes would expand. */
function listed(value: string): string {
  return `"${value.replaceAll('"', '""')}"`.replaceAll('$', '$$$$');
}

/** The Secrets as volumes: whole directories, since a subPath would never follow a change. */
export function loginVolumes({ secret, ca }: LoginSettings): types.input.core.v1.Volume[] {
  return [
    volume(secretVolume, secret.name, [
      { key: secret.clientSecretKey, path: 'client-secret' },
      { key: secret.cookieSecretKey, path: 'cookie-secret' },
    ]),
    ...(ca ? [volume(caVolume, ca.name, [{ key: ca.key, path: 'ca.crt' }])] : []),
  ];
}

/** Where {@link loginVolumes} are mounted. */
export function loginMounts({ ca }: LoginSettings): types.input.core.v1.VolumeMount[] {
  return [
    { name: secretVolume, mountPath: secretDirectory, readOnly: true },
    ...(ca ? [{ name: caVolume, mountPath: caDirectory, readOnly: true }] : []),
  ];
}

/** Readable by the pod's group, which the process belongs to, and by nobody else. */
function volume(name: string, secretName: string, items: types.input.core.v1.KeyToPath[]): types.input.core.v1.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items } };
}
