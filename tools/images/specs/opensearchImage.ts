import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import { imageArchitecture } from '../imageArchitecture.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const HOME = 'usr/share/opensearch';
const OWNER = { userId: 1000, groupId: 1000 };

/**
 * OpenSearch of a part from Maven, in the places and as the user of the official image. Security is a plugin that it lacks:
 * it speaks plain HTTP and asks nobody for a password.
 */
export function opensearchImage(
  serversDirectory: string,
  { directory, name, version }: Pick<InstalledPart, 'directory' | 'name' | 'version'>,
): ImageSpec {
  const javaHome = `/usr/lib/jvm/java-17-openjdk-${imageArchitecture()}`;
  return {
    reference: `docker.io/opensearchproject/opensearch:${version}`,
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'directory', source: join(directory, name), target: HOME, owner: OWNER },
          { kind: 'emptyDirectory', target: HOME, mode: 0o755, owner: OWNER },
          { kind: 'emptyDirectory', target: `${HOME}/data`, mode: 0o755, owner: OWNER },
          { kind: 'emptyDirectory', target: `${HOME}/logs`, mode: 0o755, owner: OWNER },
          ...accountFiles('opensearch', OWNER, `/${HOME}`),
        ],
      },
    ],
    config: {
      user: '1000:1000',
      command: ['opensearch'],
      workingDirectory: `/${HOME}`,
      environment: {
        PATH: `/${HOME}/bin:${javaHome}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        OPENSEARCH_JAVA_HOME: javaHome,
        JAVA_HOME: javaHome,
      },
      exposedPorts: ['9200/tcp', '9300/tcp'],
    },
  };
}
