import type * as pulumi from '@pulumi/pulumi';
import type { types } from '@pulumi/kubernetes';

/** A file in a Secret or ConfigMap. */
export interface FileSource {
  /** Kind of the object. */
  readonly kind: 'secret' | 'configMap';
  /** Name of the object, in the namespace of the pods. */
  readonly name: pulumi.Input<string>;
  /** Key of the file in it. */
  readonly key: string;
  /** Checksum of its content, where the stack knows it: pods are restarted when it changes. */
  readonly checksum?: string | undefined;
}

/** Secret with a certificate and its private key, and their keys in it. */
export interface ClientCertificate {
  /** Name of the Secret, in the namespace of the pods. */
  readonly secretName: string;
  /** Key of the certificate in it. */
  readonly certificateKey: string;
  /** Key of the private key in it. */
  readonly privateKeyKey: string;
}

/** A password in a Secret. */
export interface PasswordSource {
  /** Name of the Secret that holds the password, in the namespace of the pods. */
  readonly secretName: pulumi.Input<string>;
  /** Key of the password in it. */
  readonly secretKey: string;
}

/** What a client of a server needs as files. */
export interface ClientFileArgs {
  readonly credentials?: PasswordSource | undefined;
  readonly tls?:
    { readonly ca?: FileSource | undefined; readonly clientCertificate?: ClientCertificate | undefined } | undefined;
}

/** Where the files of a client lie in a container; only those that it has. */
export interface ClientFilePaths {
  readonly password?: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** Servers that Jaeger is a client of: each has directories and volumes of its own. */
export type ClientOf = 'elasticsearch' | 'kafka';

const passwordDirectory = (server: ClientOf): string => `/etc/jaeger/${server}`;
const caDirectory = (server: ClientOf): string => `/etc/jaeger/${server}-tls/ca`;
const clientDirectory = (server: ClientOf): string => `/etc/jaeger/${server}-tls/client`;

/** The files that {@link clientMounts} put into a container. */
export function clientFilePaths(server: ClientOf, { credentials, tls }: ClientFileArgs): ClientFilePaths {
  const client = clientDirectory(server);
  return {
    ...(credentials && { password: `${passwordDirectory(server)}/password` }),
    ...(tls?.ca && { ca: `${caDirectory(server)}/ca.crt` }),
    ...(tls?.clientCertificate && { certificate: `${client}/tls.crt`, key: `${client}/tls.key` }),
  };
}

/** Secrets and certificates as volumes: whole directories, since a subPath would never follow a change. */
export function clientVolumes(server: ClientOf, { credentials, tls }: ClientFileArgs): types.input.core.v1.Volume[] {
  const { clientCertificate } = tls ?? {};
  return [
    ...(credentials
      ? [secretVolume(`${server}-password`, credentials.secretName, [[credentials.secretKey, 'password']])]
      : []),
    ...(tls?.ca ? [caVolume(`${server}-ca`, tls.ca)] : []),
    ...(clientCertificate
      ? [
          secretVolume(`${server}-client`, clientCertificate.secretName, [
            [clientCertificate.certificateKey, 'tls.crt'],
            [clientCertificate.privateKeyKey, 'tls.key'],
          ]),
        ]
      : []),
  ];
}

/** Where {@link clientVolumes} are mounted. */
export function clientMounts(
  server: ClientOf,
  { credentials, tls }: ClientFileArgs,
): types.input.core.v1.VolumeMount[] {
  return [
    ...(credentials ? [mount(`${server}-password`, passwordDirectory(server))] : []),
    ...(tls?.ca ? [mount(`${server}-ca`, caDirectory(server))] : []),
    ...(tls?.clientCertificate ? [mount(`${server}-client`, clientDirectory(server))] : []),
  ];
}

function caVolume(volume: string, { kind, name, key }: FileSource): types.input.core.v1.Volume {
  if (kind === 'secret') return secretVolume(volume, name, [[key, 'ca.crt']]);
  return { name: volume, configMap: { name, items: [{ key, path: 'ca.crt' }] } };
}

/** Readable by the pod's group, which the process belongs to, and by nobody else. */
function secretVolume(
  name: string,
  secretName: pulumi.Input<string>,
  files: readonly (readonly [key: string, path: string])[],
): types.input.core.v1.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items: files.map(([key, path]) => ({ key, path })) } };
}

function mount(name: string, mountPath: string): types.input.core.v1.VolumeMount {
  return { name, mountPath, readOnly: true };
}
