import { AppsV1Api, type KubeConfig } from '@kubernetes/client-node';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../tools/cluster/pki/certificateAuthority.ts';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import { deleteNamespace } from '../../../tools/kube/namespaces.ts';
import { waitForWorkloads } from '../../../tools/kube/waitForRollout.ts';
import { testCluster } from '../../support/commands.ts';
import { clientSecret, passwordHash, userPassword } from '../../support/issuerSecrets.ts';
import { importTestImages } from '../../support/testImages.ts';
import { namespaceObject } from './externalElasticsearchObjects.ts';
import { restrictedServerObjects } from './restrictedServer.ts';
import { secondsUntil } from './statusOf.ts';
import { requestOverTls, type TlsAnswer, type TlsRequest } from './tlsRequest.ts';

/** Somebody who can sign in. */
export interface IssuerUser {
  readonly email: string;
  readonly password: string;
  /** The claim `groups`. */
  readonly groups: readonly string[];
}

const name = 'dex';
const port = 5556;
const USER = 1001;
const READY_SECONDS = 120;
const directory = '/etc/dex';

const password = userPassword;

/**
 * A real Dex with its own users, behind TLS with a certificate of a private CA. It keeps everything in memory: after a stop it
 * knows no session any more, and signs with another key.
 */
export class Issuer implements AsyncDisposable {
  /** The issuer, as its discovery document and its tokens name it: a Service of the cluster. */
  readonly url: string;
  readonly namespace: string;
  /** The private CA. PEM. */
  readonly authority: string;
  /** The one client; only the redirect address that was given is accepted. */
  readonly client = { id: 'tracewright', secret: clientSecret };
  /** Both can sign in here; whom to let in is the client's affair. */
  readonly users: { readonly member: IssuerUser; readonly stranger: IssuerUser } = {
    member: { email: 'member@allowed.example', password, groups: ['tracing'] },
    stranger: { email: 'stranger@other.example', password, groups: [] },
  };
  readonly #kube: KubeConfig;
  readonly #certificate: KeyAndCertificate;
  readonly #redirectUri: string;
  readonly #image: string;

  private constructor(kube: KubeConfig, namespace: string, made: Made) {
    this.#kube = kube;
    this.#certificate = made.certificate;
    this.#redirectUri = made.redirectUri;
    this.#image = made.image;
    this.namespace = namespace;
    this.authority = made.authority;
    this.url = `https://${hostOf(namespace)}:${port}`;
  }

  /**
   * Starts it from nothing, and returns when it is ready.
   *
   * @param redirectUri - address of the client to which a signed-in browser is sent, such as `https://HOST/oauth2/callback`
   */
  static async start(kube: KubeConfig, redirectUri: string, namespace = 'issuer'): Promise<Issuer> {
    const now = Date.now();
    const authority = await createAuthority('private CA of the issuer', now);
    const host = hostOf(namespace);
    const subjectAltNames = [{ type: 'dns' as const, value: host }];
    const certificate = await issueCertificate(authority, { commonName: host, usage: 'server', subjectAltNames }, now);
    const [[image = '']] = await Promise.all([
      importTestImages(testCluster, ['dex']),
      deleteNamespace(kube, namespace, () => undefined),
    ]);
    await applyManifests(kube, [namespaceObject(namespace)]);
    await using made = new AsyncDisposableStack();
    const parts = { authority: authority.certificate, certificate, redirectUri, image };
    const issuer = made.use(new Issuer(kube, namespace, parts));
    await issuer.resume();
    made.move();
    return issuer;
  }

  /** Nobody answers at the address until {@link resume}. */
  async stop(): Promise<void> {
    await this.#apply(0);
    const apps = this.#kube.makeApiClient(AppsV1Api);
    await secondsUntil('the issuer is gone', async () => {
      const { status } = await apps.readNamespacedDeployment({ namespace: this.namespace, name });
      return { done: (status?.replicas ?? 0) === 0, seen: status };
    });
  }

  /** Returns when somebody answers at the address again. */
  async resume(): Promise<void> {
    await this.#apply(1);
    await waitForWorkloads(this.#kube, this.namespace, READY_SECONDS, () => undefined);
  }

  /** Asks for a page, as a browser would whose name service knows the Services of the cluster. */
  request(request: Omit<TlsRequest, 'host' | 'authority'>): Promise<TlsAnswer> {
    const target = { namespace: this.namespace, service: name, podPort: port };
    const host = hostOf(this.namespace);
    return requestOverTls(this.#kube, target, { ...request, host, authority: this.authority });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await deleteNamespace(this.#kube, this.namespace, () => undefined);
  }

  async #apply(replicas: number): Promise<void> {
    const objects = restrictedServerObjects({
      name,
      namespace: this.namespace,
      image: this.#image,
      userId: USER,
      args: ['serve', `${directory}/config.json`],
      ports: [{ name: 'https', port, podPort: port }],
      health: { path: '/healthz', port, scheme: 'HTTPS' },
      files: { directory, contents: this.#files() },
      replicas,
    });
    await applyManifests(this.#kube, objects);
  }

  #files(): Readonly<Record<string, string>> {
    const { id, secret } = this.client;
    const config = {
      issuer: this.url,
      storage: { type: 'memory' },
      web: { https: `0.0.0.0:${port}`, tlsCert: `${directory}/tls.crt`, tlsKey: `${directory}/tls.key` },
      // Users are not asked whether they let the client know who they are, unless it asks with `approval_prompt=force`.
      oauth2: { skipApprovalScreen: true },
      staticClients: [{ id, secret, name: 'Jaeger', redirectURIs: [this.#redirectUri] }],
      enablePasswordDB: true,
      staticPasswords: Object.entries(this.users).map(([username, user]) => passwordEntry(username, user)),
    };
    const { certificate, key } = this.#certificate;
    return { 'config.json': JSON.stringify(config), 'tls.crt': certificate, 'tls.key': key };
  }
}

interface Made {
  readonly authority: string;
  readonly certificate: KeyAndCertificate;
  readonly redirectUri: string;
  readonly image: string;
}

function passwordEntry(username: string, { email, groups }: IssuerUser) {
  return { email, username, userID: username, hash: passwordHash, emailVerified: true, groups };
}

function hostOf(namespace: string): string {
  return `${name}.${namespace}.svc`;
}
