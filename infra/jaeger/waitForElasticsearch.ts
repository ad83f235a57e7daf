import type { types } from '@pulumi/kubernetes';
import { environmentVariables } from '../kubernetes/podTemplate.ts';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';
import { connectionFiles, elasticsearchMounts, type ElasticsearchConnection } from './elasticsearchClient.ts';
import { curlImage, type ImageSource } from './images.ts';
import { supportedServers } from './supportedServers.ts';
import { waitScript } from './waitScript.ts';

/** What a pod waits for. */
export interface WaitForElasticsearchArgs {
  readonly connection: ElasticsearchConnection;
  readonly images: ImageSource;
  /** Whether it must take writes: a query service still finds spans when the disk is full. */
  readonly writes: boolean;
}

/**
 * A container that ends when the storage can be used: it answers, its certificate and the password are right, Jaeger can
 * work with its version, no other installation's index templates take hold of ours, and, for who writes, its disk has room.
 * Jaeger itself exits when its storage is not there, and its restarts back off to five minutes; this one looks every second,
 * and says what it waits for in a message that begins with `waiting: `.
 */
export function waitForElasticsearch(args: WaitForElasticsearchArgs): types.input.core.v1.Container {
  const { connection, images, writes } = args;
  return restrictedContainer({
    name: 'wait-for-elasticsearch',
    image: curlImage(images),
    command: [
      '/bin/sh',
      '-c',
      waitScript,
      'wait-for-elasticsearch',
      ...connection.urls.map((url) => target(url, connection)),
    ],
    env: environmentVariables({
      INDEX_PREFIX: connection.indexPrefix,
      JAEGER_TAG: images.jaegerVersion,
      SUPPORTED: supportedServers(images.jaegerVersion).join(' '),
      WRITES: String(writes),
      ...files(connection),
    }),
    resources: resourceRequirements(initContainerResources),
    volumeMounts: elasticsearchMounts(connection),
  });
}

/** What to call the address, what to ask, and where to connect to for that (`curl --connect-to`). */
function target(address: string, { tls }: ElasticsearchConnection): string {
  if (tls?.serverName === undefined) return `${address} ${address}`;
  const { hostname, port } = new URL(address);
  const number = port === '' ? '443' : port;
  return `${address} https://${tls.serverName}:${number} ${tls.serverName}:${number}:${hostname}:${number}`;
}

function files(connection: ElasticsearchConnection): Record<string, string> {
  const { password, ca, certificate, key } = connectionFiles(connection);
  return {
    ...(connection.credentials && { SEARCH_USER: connection.credentials.username }),
    ...(password !== undefined && { PASSWORD_FILE: password }),
    ...(ca !== undefined && { CA_FILE: ca }),
    ...(certificate !== undefined && { CERTIFICATE_FILE: certificate }),
    ...(key !== undefined && { KEY_FILE: key }),
  };
}
