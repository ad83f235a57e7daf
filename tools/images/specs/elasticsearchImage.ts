import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, serversBase } from './serversBase.ts';

const HOME = 'usr/share/elasticsearch';
const OWNER = { userId: 1000, groupId: 0 };

// The distribution logs to files, which a container has no use for.
const CONSOLE_LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

/** Elasticsearch, in the places and as the user of the official image. */
export function elasticsearchImage(
  serversDirectory: string,
  elasticsearchDirectory: string,
  architecture: string,
): ImageSpec {
  const javaHome = `/usr/lib/jvm/java-17-openjdk-${architecture}`;
  return {
    reference: 'docker.io/library/elasticsearch:7.17.10',
    layers: [
      serversBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'directory', source: join(elasticsearchDirectory, 'elasticsearch'), target: HOME, owner: OWNER },
          {
            kind: 'text',
            target: `${HOME}/config/log4j2.properties`,
            mode: 0o664,
            owner: OWNER,
            text: CONSOLE_LOGGING,
          },
          { kind: 'emptyDirectory', target: HOME, mode: 0o775, owner: OWNER },
          { kind: 'emptyDirectory', target: `${HOME}/data`, mode: 0o775, owner: OWNER },
          { kind: 'emptyDirectory', target: `${HOME}/logs`, mode: 0o775, owner: OWNER },
          ...accountFiles('elasticsearch', OWNER, `/${HOME}`),
        ],
      },
    ],
    config: {
      user: '1000:0',
      command: ['elasticsearch'],
      workingDirectory: `/${HOME}`,
      environment: {
        PATH: `/${HOME}/bin:${javaHome}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        ES_JAVA_HOME: javaHome,
        JAVA_HOME: javaHome,
      },
      exposedPorts: ['9200/tcp', '9300/tcp'],
    },
  };
}
