// Runs on the machine's own Node (20 or newer): installs what package-lock.json names when it is missing or another,
// then hands over to the Node of node_modules, which runs TypeScript by itself.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(checkout, 'node_modules');
const bin = join(modules, '.bin');
const marker = join(modules, '.tracewright-installed');
const [program, ...args] = process.argv.slice(2);
if (program === undefined) fail('usage: node tools/bootstrap.mjs PROGRAM [ARGUMENT ...]');
const installed = install();
run(program, args);

function install() {
  try {
    return installPackages();
  } catch (error) {
    return fail(error.message);
  }
}

/** Seconds spent on installing: 0 when what is installed is what the lock file names. */
function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(checkout, 'package-lock.json')))
    .digest('hex');
  const isInstalled = () =>
    existsSync(marker) && readFileSync(marker, 'utf8') === wanted && existsSync(join(bin, 'node'));
  if (isInstalled()) return 0;
  const started = Date.now();
  const release = takeInstallLock();
  try {
    if (!isInstalled()) runNpm();
    writeFileSync(marker, wanted);
  } finally {
    release();
  }
  const seconds = (Date.now() - started) / 1000;
  process.stderr.write(`install: npm packages installed (${seconds.toFixed(0)} s)\n`);
  return seconds;
}

function runNpm() {
  process.stderr.write('install: npm packages (about a minute)\n');
  const command = process.env['npm_execpath'];
  const npm = command?.endsWith('.js') || command?.endsWith('.cjs') ? [process.execPath, command] : ['npm'];
  const result = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: checkout,
    // npm's answers belong on standard error: with --json the last line of standard output is the caller's.
    stdio: ['ignore', 2, 2],
    env: withoutOurBin(process.env),
  });
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}. Install npm 10 or newer.`);
  if (result.status !== 0)
    throw new Error('npm could not install the packages: see above; run the command again when it is mended.');
}

/** Two commands in one checkout must not replace node_modules under each other. The lock of a dead process is taken over. */
function takeInstallLock() {
  const lock = join(checkout, '.tracewright-install.lock');
  for (let told = false; ;) {
    if (claimLock(lock)) return () => removeLock(lock);
    const holder = lockHolder(lock);
    if (holder === undefined) continue;
    if (isDead(holder)) removeDeadLock(lock);
    else if (!told) {
      told = true;
      process.stderr.write(
        `install: waiting for process ${holder.pid || '(unknown)'}; if there is none, remove ${lock}\n`,
      );
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, told ? 500 : 20);
  }
}

/** The lock appears with its holder's id in it, in one step: a rename fails where the lock is there already. */
function claimLock(lock) {
  const claim = `${lock}.${process.pid}`;
  try {
    mkdirSync(claim, { recursive: true });
    writeFileSync(join(claim, 'pid'), String(process.pid));
    renameSync(claim, lock);
    return true;
  } catch (error) {
    rmSync(claim, { recursive: true, force: true });
    if (error.code === 'EEXIST' || error.code === 'ENOTEMPTY') return false;
    throw error;
  }
}

/** Who holds the lock, and since when; undefined when it has just been given up. */
function lockHolder(lock) {
  const pid = unlessMissing(() => readFileSync(join(lock, 'pid'), 'utf8')) ?? '';
  const since = unlessMissing(() => statSync(lock).mtimeMs);
  return since === undefined ? undefined : { pid, since };
}

function unlessMissing(look) {
  try {
    return look();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock without an id was cut short, if that is some seconds ago. */
function isDead({ pid, since }) {
  if (!/^\d+$/.test(pid)) return isOld(since);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function isOld(since) {
  return Date.now() - since > 10_000;
}

/** One at a time, and looked at again: of two that find a lock dead, the second would remove the first one's new lock. */
function removeDeadLock(lock) {
  const guard = `${lock}.takeover`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const since = unlessMissing(() => statSync(guard).mtimeMs);
    if (since !== undefined && isOld(since)) rmSync(guard, { recursive: true, force: true });
    return;
  }
  try {
    const holder = lockHolder(lock);
    if (holder !== undefined && isDead(holder)) removeLock(lock);
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/** Moved away first: what is removed piece by piece under its own name could be the next one's lock by then. */
function removeLock(lock) {
  const moved = `${lock}.removed-${process.pid}`;
  unlessMissing(() => renameSync(lock, moved));
  rmSync(moved, { recursive: true, force: true });
}

function run(program, args) {
  const script =
    program.endsWith('.ts') || program.endsWith('.mjs')
      ? [join(bin, 'node'), join(checkout, program)]
      : [join(bin, program)];
  const child = spawn(script[0], [...script.slice(1), ...args], {
    cwd: checkout,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [bin, process.env['PATH']].join(delimiter),
      TRACEWRIGHT_INSTALL_SECONDS: String(installed),
    },
  });
  // A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`${program} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** While npm replaces node_modules, nothing of it may be on its own PATH. */
function withoutOurBin(environment) {
  const path = (environment['PATH'] ?? '').split(delimiter).filter((entry) => !entry.startsWith(modules));
  return { ...environment, PATH: path.join(delimiter) };
}

function fail(message) {
  process.stderr.write(`tracewright: ${message}\n`);
  process.exit(1);
}
