import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import type * as pulumi from '@pulumi/pulumi';
import type { FileSource } from '../jaeger/clientFiles.ts';
import { filesChecksum } from '../jaeger/elasticsearchFiles.ts';

/** Who signs a server's certificate, as the configuration has it. */
interface CertificateAuthority {
  readonly certificate?: string | undefined;
  readonly existingSecret?: { readonly name: string; readonly key: string } | undefined;
}

/** The ConfigMap that certificates of the configuration go to. */
interface Place {
  readonly logicalName: string;
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly parent: pulumi.Resource;
}

/** Where a CA's certificates are for pods. They are public: those in the configuration go to a ConfigMap. */
export function certificateAuthorityFile(
  { certificate = '', existingSecret }: CertificateAuthority,
  { logicalName, name, namespace, parent }: Place,
): FileSource {
  if (existingSecret !== undefined) return { kind: 'secret', name: existingSecret.name, key: existingSecret.key };
  const key = 'ca.crt';
  const data = { [key]: certificate };
  const configMap = new ConfigMap(logicalName, { metadata: { name, namespace }, data }, { parent });
  // Jaeger reads the file anew by itself, and goes on trusting what it trusted before: only its restart ends that.
  return { kind: 'configMap', name: configMap.metadata.name, key, checksum: filesChecksum(data) };
}
