import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as plainRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as pulumi from '@pulumi/pulumi';
import { oauth2ProxyArguments, redirectUrl, type LoginSettings } from '../../../infra/jaeger/login.ts';
import { createAuthority, issueCertificate } from '../../../tools/cluster/pki/certificateAuthority.ts';
import { clientSecret, passwordHash } from '../../support/issuerSecrets.ts';
import type { WebAnswer, WebRequest } from '../../support/webVisitor.ts';
import { freeTcpPort } from './freePort.ts';
import { ServersRoot } from './serversRoot.ts';
import { answersHttp, TestProcess } from './testProcess.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';

/** Somebody whom the issuer knows. */
export interface IssuerUser {
  readonly email: string;
  readonly emailVerified?: boolean;
  readonly groups?: readonly string[];
}

/** What of a log-in a test may choose. */
export type LoginChoice = Partial<Pick<LoginSettings, 'emailDomains' | 'groups' | 'basePath'>>;

const issuerHost = 'login.test';

/**
 * A real issuer (Dex), oauth2-proxy as its pods run it, in a root of its own, and behind it a server that tells what reached it.
 * `https://ui.test` leads to oauth2-proxy, as an Ingress controller would.
 */
export class LoginServers implements AsyncDisposable {
  /** Headers of each request that came through. */
  readonly arrived: IncomingHttpHeaders[] = [];
  readonly host = 'ui.test';
  readonly #resources = new AsyncDisposableStack();
  #authority = '';
  #issuerPort = 0;
  #proxyPort = 0;
  #proxy: TestProcess | undefined;

  /** Starts all of it. */
  static async start(users: readonly IssuerUser[], choice: LoginChoice): Promise<LoginServers> {
    const servers = new LoginServers();
    try {
      const [issuerPort, proxyPort, part] = [await freeTcpPort(), await freeTcpPort(), await toolchainPart('oidc')];
      servers.#issuerPort = issuerPort;
      servers.#proxyPort = proxyPort;
      const login: LoginSettings = {
        issuerUrl: `https://${issuerHost}:${issuerPort}`,
        clientId: 'tracing',
        secret: { name: '', clientSecretKey: '', cookieSecretKey: '' },
        emailDomains: ['allowed.example'],
        groups: [],
        ca: { name: '', key: '' },
        host: servers.host,
        ...choice,
      };
      await servers.#startIssuer(part, login, users);
      await servers.#startProxy(part, login);
    } catch (error) {
      await servers[Symbol.asyncDispose]();
      throw error;
    }
    return servers;
  }

  /** What oauth2-proxy has written. */
  get log(): string {
    return this.#proxy?.output ?? '';
  }

  /** Carries a visitor's request to the issuer, or over plain http to oauth2-proxy. */
  readonly transport = (url: URL, { method, headers, body }: WebRequest): Promise<WebAnswer> => {
    const shared = { host: '127.0.0.1', method, path: `${url.pathname}${url.search}` };
    const sent = { ...headers, host: url.host, connection: 'close' };
    return new Promise((resolve, reject) => {
      const outgoing =
        url.hostname === issuerHost
          ? tlsRequest({
              ...shared,
              headers: sent,
              port: this.#issuerPort,
              ca: this.#authority,
              servername: issuerHost,
            })
          : plainRequest({ ...shared, headers: sent, port: this.#proxyPort });
      outgoing.on('error', reject).on('response', (answer) => {
        text(answer).then(
          (answered) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answered }),
          reject,
        );
      });
      outgoing.end(body);
    });
  };

  async #startIssuer(part: string, login: LoginSettings, users: readonly IssuerUser[]): Promise<void> {
    const now = Date.now();
    const authority = await createAuthority('CA of the issuer', now);
    const subjectAltNames = [{ type: 'dns' as const, value: issuerHost }];
    const { certificate, key } = await issueCertificate(
      authority,
      { commonName: issuerHost, usage: 'server', subjectAltNames },
      now,
    );
    this.#authority = authority.certificate;
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-issuer-'));
    this.#resources.defer(() => rm(directory, { recursive: true }));
    const config = {
      issuer: login.issuerUrl,
      storage: { type: 'memory' },
      web: { https: `127.0.0.1:${this.#issuerPort}`, tlsCert: join(directory, 'crt'), tlsKey: join(directory, 'key') },
      oauth2: { skipApprovalScreen: true },
      staticClients: [{ id: login.clientId, secret: clientSecret, name: 'UI', redirectURIs: [redirectUrl(login)] }],
      enablePasswordDB: true,
      staticPasswords: users.map((user) => ({
        emailVerified: true,
        ...user,
        username: user.email,
        userID: user.email,
        hash: passwordHash,
      })),
    };
    await writeFile(join(directory, 'crt'), certificate);
    await writeFile(join(directory, 'key'), key);
    await writeFile(join(directory, 'config.json'), JSON.stringify(config));
    const dex = new TestProcess({ command: join(part, 'dex'), args: ['serve', join(directory, 'config.json')] });
    this.#resources.defer(() => dex.stop().then(() => undefined));
    const document = { method: 'GET', headers: {} } as const;
    await dex.waitUntil(() =>
      this.transport(new URL(`${login.issuerUrl}/.well-known/openid-configuration`), document).then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
  }

  async #startProxy(part: string, login: LoginSettings): Promise<void> {
    const upstream = await this.#startUpstream();
    const root = this.#resources.use(await ServersRoot.unpack());
    const directory = join(root.path, 'etc/oauth2-proxy');
    await mkdir(join(directory, 'secret'), { recursive: true });
    await mkdir(join(directory, 'ca'));
    await writeFile(join(directory, 'secret/client-secret'), clientSecret);
    await writeFile(join(directory, 'secret/cookie-secret'), '0123456789abcdef0123456789abcdef');
    await writeFile(join(directory, 'ca/ca.crt'), this.#authority);
    await writeFile(join(root.path, 'etc/hosts'), `127.0.0.1 ${issuerHost}\n`);
    await copyFile(join(part, 'oauth2-proxy'), join(root.path, 'bin/oauth2-proxy'));
    // Pods have addresses of their own; here, ports are shared with everybody.
    const own = [`--http-address=127.0.0.1:${this.#proxyPort}`, '--metrics-address=127.0.0.1:0'];
    const args = (await outputOf(pulumi.all(oauth2ProxyArguments(login, upstream)))).filter(
      (argument) => !/^--(?:http|metrics)-address=/.test(argument),
    );
    const proxy = root.start(['/bin/oauth2-proxy', ...args, ...own]);
    this.#proxy = proxy;
    this.#resources.defer(() => proxy.stop('SIGKILL').then(() => undefined));
    await proxy.waitUntil(() => proxy.hasEnded || answersHttp(`http://127.0.0.1:${this.#proxyPort}/ready`));
    if (proxy.hasEnded) throw new Error(`oauth2-proxy ended:\n${proxy.output}`);
  }

  async #startUpstream(): Promise<string> {
    const server: Server = createServer((incoming, outgoing) => {
      this.arrived.push(incoming.headers);
      outgoing.end(`reached ${incoming.url ?? ''}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#resources.defer(() => {
      server.closeAllConnections();
      server.close();
    });
    const bound = server.address();
    return `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}

function outputOf<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(output).apply(resolve);
  });
}
