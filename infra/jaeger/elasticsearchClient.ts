import type * as pulumi from '@pulumi/pulumi';
import type { types } from '@pulumi/kubernetes';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';

/** How collector and query reach the storage. */
export interface ElasticsearchConnection {
  /** Addresses of the nodes: `http://host:9200`. */
  readonly urls: readonly string[];
  /** Never empty: Jaeger's index templates of an empty prefix match those of every other environment. */
  readonly indexPrefix: string;
  readonly shards: number;
  readonly replicas: number;
  /** Basic authentication; the password is mounted as a file, which Jaeger watches. */
  readonly credentials?:
    { readonly username: string; readonly secretName: pulumi.Input<string>; readonly secretKey: string } | undefined;
  /** Image that has bash, for the container that waits for the storage. */
  readonly waitImage: string;
}

const passwordDirectory = '/etc/jaeger/elasticsearch';
const passwordFile = 'password';

/** Environment of a Jaeger process that stores spans in Elasticsearch. Names: Jaeger 1.50 `plugin/storage/es/options.go`. */
export function elasticsearchEnvironment(connection: ElasticsearchConnection): Record<string, string> {
  const { urls, indexPrefix, shards, replicas, credentials } = connection;
  return {
    SPAN_STORAGE_TYPE: 'elasticsearch',
    ES_SERVER_URLS: urls.join(','),
    ES_INDEX_PREFIX: indexPrefix,
    ES_NUM_SHARDS: String(shards),
    ES_NUM_REPLICAS: String(replicas),
    ...(credentials && { ES_USERNAME: credentials.username, ES_PASSWORD_FILE: `${passwordDirectory}/${passwordFile}` }),
  };
}

/** The password's Secret as a volume: the whole directory, since a subPath would never follow a rotation. */
export function elasticsearchVolumes({ credentials }: ElasticsearchConnection): types.input.core.v1.Volume[] {
  if (credentials === undefined) return [];
  const { secretName, secretKey } = credentials;
  return [
    {
      name: 'elasticsearch-password',
      secret: { secretName, defaultMode: 0o440, items: [{ key: secretKey, path: passwordFile }] },
    },
  ];
}

/** Where {@link elasticsearchVolumes} are mounted. */
export function elasticsearchMounts({ credentials }: ElasticsearchConnection): types.input.core.v1.VolumeMount[] {
  return credentials === undefined
    ? []
    : [{ name: 'elasticsearch-password', mountPath: passwordDirectory, readOnly: true }];
}

/**
 * A container that ends when one node answers. Jaeger exits when its storage is not there, and its restarts back off to
 * five minutes; this one looks every second.
 */
export function waitForElasticsearch({ urls, waitImage }: ElasticsearchConnection): types.input.core.v1.Container {
  return restrictedContainer({
    name: 'wait-for-elasticsearch',
    image: waitImage,
    command: ['/bin/bash', '-c', waitScript, 'wait-for-elasticsearch', ...urls.map(waitTarget)],
    resources: resourceRequirements(initContainerResources),
  });
}

function waitTarget(address: string): string {
  const { protocol, hostname, port } = new URL(address);
  const secure = protocol === 'https:';
  return `${secure ? 'https' : 'http'} ${hostname} ${port === '' ? (secure ? '443' : '80') : port}`;
}

/**
 * Bash alone, since neither curl nor wget is in every image. Over plain HTTP, a node that answers 200 or asks for a
 * password (401) is ready; over TLS, an open port must do.
 */
const waitScript = `
answers() {
  exec 3<>"/dev/tcp/$2/$3" || return 1
  [[ $1 == https ]] && return 0
  printf 'GET / HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$2" >&3
  read -r -t 5 _ status _ <&3 && [[ $status == 200 || $status == 401 ]]
}
for ((second = 0; ; second++)); do
  for target in "$@"; do
    if (answers $target) 2>/dev/null; then echo "Elasticsearch answers: $target"; exit 0; fi
  done
  ((second % 10)) || echo "waiting for Elasticsearch: $*"
  sleep 1
done
`.trim();
