import { createHash } from 'node:crypto';
import type { types } from '@pulumi/kubernetes';
import { lines } from './lines.ts';

/** The user that Elasticsearch's image runs as. */
export const elasticsearchUserId = 1000;

/** Port of Elasticsearch's HTTP interface. */
export const elasticsearchHttpPort = { name: 'http', number: 9200, protocol: 'TCP' } as const;

const configDirectory = '/etc/elasticsearch';
const dataDirectory = '/var/lib/elasticsearch';

/**
 * A line in the form of docs/logs.md, in words of Log4j 2.17's PatternLayout. `CRITICAL`, Elasticsearch's own level for what its
 * next version will refuse, is made after the layout, which then calls it `null`.
 */
const logPattern = [
  '{"level":"%replace{%level{lowerCase=true}}{null|critical}{warn}"',
  '"ts":%d{UNIX}.%d{SSS}',
  '"logger":"%c{1.}"',
  '"msg":"%enc{%m}{JSON}"%notEmpty{,"stacktrace":"%enc{%throwable}{JSON}"}}',
].join(',');

/**
 * The node's whole configuration: nothing is taken from the image's own files, which differ between distributions.
 *
 * @param heapMebibytes - Java heap in MiB.
 */
export function elasticsearchFiles(heapMebibytes: number): Record<string, string> {
  return {
    'elasticsearch.yml': lines(
      'cluster.name: tracewright',
      'network.host: 0.0.0.0',
      'discovery.type: single-node',
      `path.data: ${dataDirectory}`,
      'path.logs: /tmp/logs',
      // Otherwise vm.max_map_count of the node's kernel would have to be raised.
      'node.store.allow_mmap: false',
      'action.auto_create_index: true',
    ),
    'jvm.options': lines(
      `-Xms${heapMebibytes}m`,
      `-Xmx${heapMebibytes}m`,
      '-XX:+UseG1GC',
      '-XX:+ExitOnOutOfMemoryError',
      '-Djava.io.tmpdir=${ES_TMPDIR}',
    ),
    'log4j2.properties': lines(
      'status = error',
      'appender.console.type = Console',
      'appender.console.name = console',
      'appender.console.layout.type = PatternLayout',
      'appender.console.layout.alwaysWriteExceptions = false',
      `appender.console.layout.pattern = ${logPattern}%n`,
      'rootLogger.level = info',
      'rootLogger.appenderRef.console.ref = console',
    ),
  };
}

/** A short fingerprint of the files: as a pod's annotation it restarts the node when they change. */
export function filesChecksum(files: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
}

/** The node's container, apart from image, resources and probes. */
export function elasticsearchContainer(fileNames: readonly string[]) {
  return {
    // Named, since an image's own entry point would rewrite the configuration.
    command: ['/usr/share/elasticsearch/bin/elasticsearch'],
    env: [
      { name: 'ES_PATH_CONF', value: configDirectory },
      { name: 'ES_TMPDIR', value: '/tmp' },
    ],
    volumeMounts: [
      // The node creates its keystore beside the files: a writable directory with the files mounted into it.
      { name: 'config', mountPath: configDirectory },
      ...fileNames.map((file) => ({
        name: 'files',
        mountPath: `${configDirectory}/${file}`,
        subPath: file,
        readOnly: true,
      })),
      { name: 'data', mountPath: dataDirectory },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  } satisfies Partial<types.input.core.v1.Container>;
}
