import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import { imageArchitecture } from '../imageArchitecture.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const HOME = 'usr/share/elasticsearch';
const OWNER = { userId: 1000, groupId: 0 };

/**
 * Elasticsearch of a part from Maven, in the places and as the user of the official image. It logs to files, as the
 * distribution does: whoever starts it gives it a configuration of its own (`ES_PATH_CONF`).
 */
export function elasticsearchImage(
  serversDirectory: string,
  { directory, name, version }: Pick<InstalledPart, 'directory' | 'name' | 'version'>,
): ImageSpec {
  const javaHome = `/usr/lib/jvm/java-17-openjdk-${imageArchitecture()}`;
  return {
    reference: `docker.io/library/elasticsearch:${version}`,
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'directory', source: join(directory, name), target: HOME, owner: OWNER },
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
