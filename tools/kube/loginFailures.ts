import { linesOf, messageOf, shorten } from './logLines.ts';

/**
 * What goes wrong with log-ins to the UI, from the newest part of a log: that of the sidecar that looks after the issuer, whose
 * last word counts, or that of oauth2-proxy. One sentence for each cause.
 *
 * Messages: infra/jaeger/issuerScript.ts; oauth2-proxy 7.15 `oauthproxy.go` (`OAuthCallback`), in which quotation marks and
 * backslashes stand as Go writes them (infra/jaeger/oauth2ProxyLog.ts).
 */
export function loginFailures(log: string): string[] {
  const messages = linesOf(log).map(messageOf);
  const word = messages.findLast((message) => /^(failing|ready): /.test(message));
  const watched = word?.startsWith('failing: ') === true ? [word.slice('failing: '.length)] : [];
  const met = messages
    .flatMap((message) => callbackFailure.exec(message)?.[1] ?? [])
    .map((cause) => callbackCause(cause.replaceAll(/\\(["\\])/g, '$1')));
  return [...new Set([...watched, ...met])].map((cause) => shorten(`people cannot log in: ${cause}`));
}

const callbackFailure = /Error (?:redeeming code|creating session) during OAuth2 callback: (.*)$/;

// The first that fits is said. Texts of golang.org/x/oauth2, Go's crypto/x509 and net, and oauth2-proxy.
const callbackCauses: readonly (readonly [RegExp, string])[] = [
  [/"(?:invalid_client|unauthorized_client)"/, "the issuer refuses the client's secret"],
  [
    /x509: certificate signed by unknown authority/,
    'the CA that oauth2-proxy started with does not vouch for the issuer',
  ],
  [/x509: certificate has expired/, 'the certificate of the issuer has expired'],
  [/x509: /, 'the certificate of the issuer is not valid'],
  [/isn't verified/, 'the issuer has not verified the e-mail address of somebody'],
  [
    /no such host|connection refused|i\/o timeout|deadline exceeded|no route to host|: EOF/,
    'the issuer does not answer',
  ],
];

function callbackCause(text: string): string {
  return callbackCauses.find(([pattern]) => pattern.test(text))?.[1] ?? text;
}
