import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { freeTcpPort } from './freePort.ts';
import { ServersRoot } from './serversRoot.ts';
import type { TestProcess } from './testProcess.ts';

const manifests = fileURLToPath(new URL('../../../examples/checkout/kubernetes', import.meta.url));
const PASSWORD = "it's-a-test";

/** PostgreSQL 15 and Redis 7 of the toolchain, listening on loopback. */
export interface DatabaseServers {
  /** What the orders service needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts both servers in a root directory of their own. PostgreSQL starts with the script of the example's own manifest.
 */
export async function startDatabaseServers(): Promise<DatabaseServers> {
  const root = await ServersRoot.unpack();
  const [postgresPort, redisPort] = await Promise.all([freeTcpPort(), freeTcpPort()]);
  const servers = [await startPostgres(root, postgresPort), startRedis(root, redisPort)];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await root[Symbol.asyncDispose]();
  };
  try {
    await waitForBoth(servers, root, postgresPort, redisPort);
  } catch (error) {
    await stop();
    throw error;
  }
  return { environment: orderEnvironment(postgresPort, redisPort), stop };
}

function orderEnvironment(postgresPort: number, redisPort: number): Readonly<Record<string, string>> {
  return {
    PGHOST: '127.0.0.1',
    PGPORT: String(postgresPort),
    PGDATABASE: 'shop',
    PGUSER: 'shop',
    PGPASSWORD: PASSWORD,
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(redisPort),
  };
}

async function startPostgres(root: ServersRoot, port: number): Promise<TestProcess> {
  const files = await configMapOf('20-postgres.yaml');
  await mkdir(join(root.path, 'etc/postgres'));
  await writeFile(join(root.path, 'etc/postgres/start.sh'), files['start.sh'] ?? '');
  await writeFile(join(root.path, 'etc/postgres/pg_hba.conf'), files['pg_hba.conf'] ?? '');
  await writeFile(join(root.path, 'etc/postgres/password'), PASSWORD);
  const script = 'mkdir -p -m 777 /run/postgresql && exec chroot --userspec=999:999 / /bin/sh /etc/postgres/start.sh';
  return root.start(['/bin/sh', '-c', script], {
    PGPORT: String(port),
    PGDATA: '/tmp/pgdata',
    LISTEN_ADDRESSES: '127.0.0.1',
    POSTGRES_PASSWORD_FILE: '/etc/postgres/password',
    POSTGRES_HBA_FILE: '/etc/postgres/pg_hba.conf',
  });
}

function startRedis(root: ServersRoot, port: number): TestProcess {
  return root.start(['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', '/tmp']);
}

async function waitForBoth(
  servers: readonly TestProcess[],
  root: ServersRoot,
  postgresPort: number,
  redisPort: number,
): Promise<void> {
  const [postgres, redis] = servers;
  const isReady = ['/usr/lib/postgresql/15/bin/pg_isready', '--host=127.0.0.1', `--port=${postgresPort}`];
  await postgres?.waitUntil(() => root.succeeds(isReady));
  await redis?.waitUntil(() => root.succeeds(['redis-cli', '-p', String(redisPort), 'PING']));
}

async function configMapOf(file: string): Promise<Readonly<Record<string, string>>> {
  for (const document of parseAllDocuments(await readFile(join(manifests, file), 'utf8'))) {
    const object: unknown = document.toJS();
    if (isConfigMap(object)) return object.data;
  }
  throw new Error(`${file} has no ConfigMap`);
}

function isConfigMap(object: unknown): object is { data: Record<string, string> } {
  return (
    typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'ConfigMap' && 'data' in object
  );
}
