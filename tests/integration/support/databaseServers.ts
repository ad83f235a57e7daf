import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { freeTcpPort } from './freePort.ts';
import { TestProcess } from './testProcess.ts';
import { toolchainPart } from './toolchainPart.ts';

const run = promisify(execFile);
const manifests = fileURLToPath(new URL('../../../examples/checkout/kubernetes', import.meta.url));
const PASSWORD = "it's-a-test";

/** PostgreSQL 15 and Redis 7 of the toolchain, listening on loopback. */
export interface DatabaseServers {
  /** What the orders service needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts both servers, inside a root directory of their own that is unpacked from the toolchain's part: nothing is
 * installed on the machine. PostgreSQL starts with the script of the example's own manifest.
 */
export async function startDatabaseServers(): Promise<DatabaseServers> {
  const part = await toolchainPart('servers-rootfs');
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-servers-'));
  const root = join(directory, 'root');
  await mkdir(root);
  await run('tar', ['-xf', join(part, 'rootfs.tar'), '-C', root, '--exclude=usr/lib/jvm', '--exclude=usr/share/doc']);
  const [postgresPort, redisPort] = await Promise.all([freeTcpPort(), freeTcpPort()]);
  const servers = [await startPostgres(root, postgresPort), startRedis(root, redisPort)];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(directory, { recursive: true, force: true });
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

async function startPostgres(root: string, port: number): Promise<TestProcess> {
  const files = await configMapOf('20-postgres.yaml');
  await mkdir(join(root, 'etc/postgres'));
  await writeFile(join(root, 'etc/postgres/start.sh'), files['start.sh'] ?? '');
  await writeFile(join(root, 'etc/postgres/pg_hba.conf'), files['pg_hba.conf'] ?? '');
  await writeFile(join(root, 'etc/postgres/password'), PASSWORD);
  const script = 'mkdir -p -m 777 /run/postgresql && exec chroot --userspec=999:999 / /bin/sh /etc/postgres/start.sh';
  return inRoot(root, ['/bin/sh', '-c', script], {
    PGPORT: String(port),
    PGDATA: '/tmp/pgdata',
    LISTEN_ADDRESSES: '127.0.0.1',
    POSTGRES_PASSWORD_FILE: '/etc/postgres/password',
    POSTGRES_HBA_FILE: '/etc/postgres/pg_hba.conf',
  });
}

function startRedis(root: string, port: number): TestProcess {
  return inRoot(
    root,
    ['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', '/tmp'],
    {},
  );
}

/** Runs a command with `root` as its root directory, in mount and PID namespaces that end with it. */
function inRoot(root: string, command: readonly string[], environment: Readonly<Record<string, string>>): TestProcess {
  // The shell stays, as the namespace's first process: one that changes its user would no longer end with `unshare`.
  const enter = 'mkdir -p "$0/dev" && mount --rbind /dev "$0/dev" && chroot "$0" "$@"; exit $?';
  return new TestProcess({
    command: 'unshare',
    args: ['--mount', '--pid', '--fork', '--kill-child=SIGKILL', '/bin/sh', '-c', enter, root, ...command],
    environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
  });
}

async function waitForBoth(
  servers: readonly TestProcess[],
  root: string,
  postgresPort: number,
  redisPort: number,
): Promise<void> {
  const [postgres, redis] = servers;
  const isReady = ['/usr/lib/postgresql/15/bin/pg_isready', '--host=127.0.0.1', `--port=${postgresPort}`];
  await postgres?.waitUntil(() => succeeds('chroot', [root, ...isReady]));
  await redis?.waitUntil(() => succeeds('chroot', [root, 'redis-cli', '-p', String(redisPort), 'PING']));
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
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
