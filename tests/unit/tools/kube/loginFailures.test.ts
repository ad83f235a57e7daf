import { describe, expect, it } from 'vitest';
import { loginFailures } from '../../../../tools/kube/loginFailures.ts';

const entry = (level: string, msg: string) => `${JSON.stringify({ level, msg })}\n`;
const asGoWrites = (text: string) => text.replaceAll(/["\\]/g, String.raw`\$&`);
const met = (error: string) => entry('error', asGoWrites(`Error redeeming code during OAuth2 callback: ${error}`));

describe('what goes wrong with log-ins', () => {
  it("is the sidecar's last word on the issuer", () => {
    const failing = 'failing: https://login.example does not answer (Connection refused)';
    const [isWell, fails] = [entry('info', 'ready: the issuer takes log-ins'), entry('error', failing)];
    expect(loginFailures(`${isWell}${fails}${fails}`)).toEqual([
      'people cannot log in: https://login.example does not answer (Connection refused)',
    ]);
    expect(loginFailures(`${fails}${isWell}`)).toEqual([]);
  });

  it('leaves what a pod waits for before it runs to the pod', () => {
    expect(loginFailures(entry('warn', 'waiting: https://login.example does not answer'))).toEqual([]);
  });

  it.each([
    [
      'token exchange failed: oauth2: "invalid_client" "Invalid client credentials."',
      "the issuer refuses the client's secret",
    ],
    [
      'token exchange failed: Post "https://l/token": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'the CA that oauth2-proxy started with does not vouch for the issuer',
    ],
    [
      'token exchange failed: Post "https://l/token": x509: certificate has expired or is not yet valid',
      'the certificate of the issuer has expired',
    ],
    ['Post "https://l/token": dial tcp 10.0.0.1:443: connect: connection refused', 'the issuer does not answer'],
    ["email in id_token (jo@example.com) isn't verified", 'the issuer has not verified the e-mail address of somebody'],
    ['something "new"', 'something "new"'],
  ])('is said of %j in plain words, once', (error, cause) => {
    expect(loginFailures(`${met(error)}${met(error)}`)).toEqual([`people cannot log in: ${cause}`]);
  });

  it('is nothing where somebody was refused rightly', () => {
    expect(loginFailures(entry('warn', 'Invalid authentication via OAuth2: unauthorized'))).toEqual([]);
  });
});
