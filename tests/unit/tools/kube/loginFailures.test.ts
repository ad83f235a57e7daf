import { describe, expect, it } from 'vitest';
import { loginFailures } from '../../../../tools/kube/loginFailures.ts';

const met = (error: string) =>
  `[2026/11/22 22:00:00] [oauthproxy.go:912] Error redeeming code during OAuth2 callback: ${error}`;

describe('what goes wrong with log-ins', () => {
  it("is the sidecar's last word on the issuer", () => {
    const failing = 'failing: https://login.example does not answer (Connection refused)';
    expect(loginFailures(`ready: the issuer takes log-ins\n${failing}\n${failing}\n`)).toEqual([
      'people cannot log in: https://login.example does not answer (Connection refused)',
    ]);
    expect(loginFailures(`${failing}\nready: the issuer takes log-ins\n`)).toEqual([]);
  });

  it('leaves what a pod waits for before it runs to the pod', () => {
    expect(loginFailures('waiting: https://login.example does not answer (Connection refused)\n')).toEqual([]);
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
    ['something new', 'something new'],
  ])('is said of %j in plain words, once', (error, cause) => {
    expect(loginFailures(`${met(error)}\n${met(error)}\n`)).toEqual([`people cannot log in: ${cause}`]);
  });

  it('is nothing where somebody was refused rightly', () => {
    expect(
      loginFailures(
        '10.0.0.1 - jo@other.example [2026/11/22 22:00:00] [AuthFailure] Invalid authentication via OAuth2: unauthorized\n',
      ),
    ).toEqual([]);
  });
});
