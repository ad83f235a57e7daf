import { createServer, type Server } from 'node:https';
import { text } from 'node:stream/consumers';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../tools/cluster/pki/certificateAuthority.ts';

/** What an issuer is made to say. */
export interface IssuerAnswers {
  /** The discovery document, or its text; undefined: the path is unknown. */
  document?: Readonly<Record<string, unknown>> | string | undefined;
  keysStatus: number;
  /** The client's secret as the issuer knows it. */
  clientSecret: string;
  /** How clients may show it. */
  shownBy: 'header' | 'form';
}

const host = 'login.test';
const dayMillis = 24 * 60 * 60 * 1000;

/** An HTTPS server that says what an issuer would say in trouble. A real one is Dex, in tests/e2e. */
export class StatedIssuer implements AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly answers: IssuerAnswers;
  /** What came with each request for a token: how the secret was shown. */
  readonly tokenRequests: string[] = [];
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
    this.url = `https://${host}:${port}`;
    this.answers = { document: this.document(), keysStatus: 200, clientSecret: 'right', shownBy: 'form' };
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const { status, json } = this.#answer(request.url ?? '', request.headers.authorization, body);
        const answer = typeof json === 'string' ? json : JSON.stringify(json, undefined, 2);
        response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
      });
    });
  }

  /** Listens with a certificate of this name, which is valid for a year from this time on. */
  static async start(authority: KeyAndCertificate, { name = host, now = Date.now() } = {}): Promise<StatedIssuer> {
    const subjectAltNames = [{ type: 'dns' as const, value: name }];
    const { key, certificate } = await issueCertificate(
      authority,
      { commonName: name, usage: 'server', subjectAltNames },
      now,
    );
    const server = createServer({ key, cert: certificate });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    return new StatedIssuer(server, typeof bound === 'object' ? (bound?.port ?? 0) : 0);
  }

  /** Of its certificate and port, where a document in order is wanted. */
  document(): Record<string, unknown> {
    return {
      mtls_endpoint_aliases: { x: 'y' },
      issuer: this.url,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
    };
  }

  #answer(url: string, authorization: string | undefined, body: string): { status: number; json: unknown } {
    const { document, keysStatus } = this.answers;
    if (url === '/.well-known/openid-configuration' && document !== undefined) return { status: 200, json: document };
    if (url === '/keys') return { status: keysStatus, json: { keys: [] } };
    if (url !== '/token') return { status: 404, json: {} };
    this.tokenRequests.push(authorization === undefined ? 'form' : 'header');
    return this.#knows(authorization, new URLSearchParams(body))
      ? { status: 400, json: { error: 'invalid_grant' } }
      : { status: 401, json: { error: 'invalid_client' } };
  }

  #knows(authorization: string | undefined, form: URLSearchParams): boolean {
    const { clientSecret, shownBy } = this.answers;
    if (shownBy === 'form') return form.get('client_id') === 'tracing' && form.get('client_secret') === clientSecret;
    return authorization === `Basic ${Buffer.from(`tracing:${clientSecret}`).toString('base64')}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A CA of its own, valid long enough for certificates of two years ago. */
export function statedAuthority(): Promise<KeyAndCertificate> {
  return createAuthority('issuers of the tests', Date.now() - 1000 * dayMillis);
}

/** The beginning of a certificate that has ended by now. */
export const longAgo = (): number => Date.now() - 500 * dayMillis;
