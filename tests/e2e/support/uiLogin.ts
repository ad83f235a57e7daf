import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import { CoreV1Api } from '@kubernetes/client-node';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../tools/cluster/pki/certificateAuthority.ts';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import { unlessAbsent } from '../../../tools/kube/namespaces.ts';
import { testCluster } from '../../support/commands.ts';
import { importTestImages } from '../../support/testImages.ts';
import { WebVisitor, type WebPage, type WebTransport } from '../../support/webVisitor.ts';
import { IngressController } from './ingressController.ts';
import { Issuer, type IssuerUser } from './issuer.ts';

const dayMillis = 24 * 60 * 60 * 1000;

/** Names of the Secrets that a stack with a log-in is told of. */
const loginSecrets = { certificate: 'ui-tls', login: 'ui-login', authority: 'ui-issuer-ca' } as const;

/** The key of the cookies: 32 bytes, as oauth2-proxy reads them. */
export const cookieSecret = 'e2e-ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789ab=';

/**
 * All that a UI with a log-in needs beside its stack: an Ingress controller, an issuer, a host with a certificate of a private
 * CA, and the Secrets in the stack's namespace.
 */
export class UiLogin implements AsyncDisposable {
  readonly host = 'ui.tracing.example';
  readonly basePath = '/ui/traces';
  /** Address of the UI for people. */
  readonly url = `https://${this.host}${this.basePath}`;
  readonly namespace: string;
  readonly #kube: KubeConfig;
  readonly #resources = new AsyncDisposableStack();
  #controller: IngressController | undefined;
  #issuer: Issuer | undefined;
  #authority: KeyAndCertificate | undefined;

  private constructor(kube: KubeConfig, namespace: string) {
    this.#kube = kube;
    this.namespace = namespace;
  }

  /** Starts both servers. No Secret is written yet. */
  static async start(kube: KubeConfig, namespace: string): Promise<UiLogin> {
    const login = new UiLogin(kube, namespace);
    try {
      await importTestImages(testCluster, ['oauth2-proxy']);
      login.#authority = await createAuthority('private CA of the UI', Date.now() - 1000 * dayMillis);
      login.#controller = login.#resources.use(await IngressController.start(kube));
      login.#issuer = login.#resources.use(await Issuer.start(kube, `${login.url}/oauth2/callback`));
    } catch (error) {
      await login[Symbol.asyncDispose]();
      throw error;
    }
    return login;
  }

  get controller(): IngressController {
    return started(this.#controller);
  }

  get issuer(): Issuer {
    return started(this.#issuer);
  }

  /** What stands in the stack's configuration below `ingress`. */
  get ingressConfig(): Readonly<Record<string, unknown>> {
    const { className, namespace, podLabels } = this.controller;
    return {
      host: this.host,
      className,
      tlsSecretName: loginSecrets.certificate,
      controller: { namespace, podLabels },
      oidc: {
        issuerUrl: this.issuer.url,
        clientId: this.issuer.client.id,
        existingSecret: { name: loginSecrets.login },
        emailDomains: ['allowed.example'],
        groups: ['tracing'],
        ca: { existingSecret: { name: loginSecrets.authority } },
        replicas: 1,
      },
    };
  }

  /** A certificate for the UI: for its own host and from now on, unless a test says otherwise. */
  issue({ host = this.host, daysAgo = 0 } = {}): Promise<KeyAndCertificate> {
    const subjectAltNames = [{ type: 'dns' as const, value: host }];
    const request = { commonName: host, usage: 'server', subjectAltNames } as const;
    return issueCertificate(started(this.#authority), request, Date.now() - daysAgo * dayMillis);
  }

  /** Puts a certificate into the UI's Secret. */
  async writeCertificate({ certificate, key }: KeyAndCertificate): Promise<void> {
    await this.#write(loginSecrets.certificate, { 'tls.crt': certificate, 'tls.key': key }, 'kubernetes.io/tls');
  }

  /** Takes the UI's Secret away. */
  async deleteCertificate(): Promise<void> {
    const secret = { namespace: this.namespace, name: loginSecrets.certificate };
    await this.#kube.makeApiClient(CoreV1Api).deleteNamespacedSecret(secret).catch(unlessAbsent);
  }

  /** Writes what oauth2-proxy needs of the client. */
  async writeLogin(clientSecret = this.issuer.client.secret): Promise<void> {
    await this.#write(loginSecrets.login, { 'client-secret': clientSecret, 'cookie-secret': cookieSecret });
  }

  /** Writes whom oauth2-proxy trusts to vouch for the issuer. */
  async writeAuthority(certificate = this.issuer.authority): Promise<void> {
    await this.#write(loginSecrets.authority, { 'ca.crt': certificate });
  }

  /** A person with a browser that knows both hosts. */
  visitor(): WebVisitor {
    const issuerHost = new URL(this.issuer.url).hostname;
    const authority = started(this.#authority).certificate;
    const carry: WebTransport = (url, { method, headers, body }) => {
      const request = { path: `${url.pathname}${url.search}`, method, headers, ...(body !== undefined && { body }) };
      if (url.hostname === issuerHost) return this.issuer.request(request);
      return this.controller.request({ ...request, host: url.hostname, authority });
    };
    return new WebVisitor(carry);
  }

  /** Asks for a page of the UI, and logs in at the issuer to which that leads. */
  async logIn(visitor: WebVisitor, path: string, { email, password }: IssuerUser): Promise<WebPage> {
    const form = await visitor.visit(`${this.url}${path}`);
    return visitor.submit(form, { login: email, password });
  }

  async #write(name: string, stringData: Readonly<Record<string, string>>, type = 'Opaque'): Promise<void> {
    const metadata = { name, namespace: this.namespace };
    await applyManifests(this.#kube, [
      { apiVersion: 'v1', kind: 'Secret', metadata, type, stringData } as KubernetesObject,
    ]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}

function started<T>(resource: T | undefined): T {
  if (resource === undefined) throw new Error('it was not started');
  return resource;
}
