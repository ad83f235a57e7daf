import { stringify } from 'yaml';

/** What a kubeconfig needs; certificates as files or as PEM text. */
export interface KubeconfigOptions {
  readonly context: string;
  readonly server: string;
  readonly authority: { readonly file: string } | { readonly pem: string };
  readonly client:
    | { readonly certificateFile: string; readonly keyFile: string }
    | { readonly certificatePem: string; readonly keyPem: string };
}

/** Renders a kubeconfig with one cluster, one user and one context of the same name. */
export function renderKubeconfig(options: KubeconfigOptions): string {
  const { context, server, authority, client } = options;
  const trust =
    'file' in authority
      ? { 'certificate-authority': authority.file }
      : { 'certificate-authority-data': base64(authority.pem) };
  const user =
    'keyFile' in client
      ? { 'client-certificate': client.certificateFile, 'client-key': client.keyFile }
      : { 'client-certificate-data': base64(client.certificatePem), 'client-key-data': base64(client.keyPem) };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server, ...trust } }],
    users: [{ name: context, user }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
