import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import { imageArchitecture } from '../imageArchitecture.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const HOME = 'opt/kafka';
const OWNER = { userId: 1000, groupId: 1000 };

/**
 * Kafka, in the places and as the user of the official image, with those of its programs that the part has. A container names
 * the program that it starts, `/opt/kafka/bin/kafka-server-start.sh` for one: the official image's own start, which makes a
 * configuration of environment variables, is not there.
 */
export function kafkaImage(
  serversDirectory: string,
  { directory, name, version }: Pick<InstalledPart, 'directory' | 'name' | 'version'>,
): ImageSpec {
  const javaHome = `/usr/lib/jvm/java-17-openjdk-${imageArchitecture()}`;
  return {
    reference: `docker.io/apache/kafka:${version}`,
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'directory', source: join(directory, name), target: HOME, owner: OWNER },
          { kind: 'emptyDirectory', target: HOME, mode: 0o755, owner: OWNER },
          { kind: 'emptyDirectory', target: 'etc/kafka/secrets', mode: 0o775, owner: OWNER },
          { kind: 'emptyDirectory', target: 'mnt/shared/config', mode: 0o775, owner: OWNER },
          { kind: 'emptyDirectory', target: 'var/lib/kafka/data', mode: 0o775, owner: OWNER },
          ...accountFiles('appuser', OWNER, '/home/appuser'),
        ],
      },
    ],
    config: {
      user: 'appuser',
      workingDirectory: '/',
      environment: {
        PATH: `${javaHome}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        JAVA_HOME: javaHome,
      },
      exposedPorts: ['9092/tcp'],
    },
  };
}
