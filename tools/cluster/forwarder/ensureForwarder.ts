import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ClusterLayout } from '../clusterLayout.ts';
import { ComponentNotReadyError } from '../errors/componentNotReadyError.ts';
import { killProcess } from '../killProcess.ts';
import { readLastLines } from '../logTail.ts';
import { readLiveForwarder } from './forwarderRecord.ts';

/** Where a forwarder listens on 127.0.0.1 and what it leads to. */
export interface ForwarderTarget {
  readonly port: number;
  readonly targetAddress: string;
  readonly targetPort: number;
}

const START_SECONDS = 10;
const POLL_MILLIS = 30;

/**
 * Keeps a running forwarder that fits, otherwise ends it and starts one; returns when it listens.
 *
 * @throws ComponentNotReadyError when it does not listen within 10 s.
 */
export async function ensureForwarder(layout: ClusterLayout, target: ForwarderTarget): Promise<void> {
  if (forwarderFits(layout, target) && (await isListening(target.port))) return;
  await stopForwarder(layout);
  spawnForwarder(layout, target);
  for (let waited = 0; waited < START_SECONDS * 1000; waited += POLL_MILLIS) {
    if (forwarderFits(layout, target) && (await isListening(target.port))) return;
    await sleep(POLL_MILLIS);
  }
  const lines = readLastLines(layout.forwarderLog, 10);
  throw new ComponentNotReadyError(
    'forwarder',
    `nothing listens on 127.0.0.1:${String(target.port)}`,
    START_SECONDS,
    layout.forwarderLog,
    lines,
  );
}

/** Whether the recorded forwarder is alive and leads there. */
export function forwarderFits(layout: ClusterLayout, target: ForwarderTarget): boolean {
  const live = readLiveForwarder(layout.forwarderFile);
  return (
    live !== undefined &&
    live.port === target.port &&
    live.targetAddress === target.targetAddress &&
    live.targetPort === target.targetPort
  );
}

/** Ends the recorded forwarder if it is alive. */
export async function stopForwarder(layout: ClusterLayout): Promise<void> {
  const live = readLiveForwarder(layout.forwarderFile);
  if (live !== undefined) await killProcess(live.process, 'The forwarder');
}

function spawnForwarder(layout: ClusterLayout, target: ForwarderTarget): void {
  const log = openSync(layout.forwarderLog, 'a', 0o600);
  try {
    const child = spawn(
      process.execPath,
      [
        '--max-semi-space-size=1',
        fileURLToPath(import.meta.resolve('./main.ts')),
        `--record=${layout.forwarderFile}`,
        `--port=${String(target.port)}`,
        `--address=${target.targetAddress}`,
        `--target-port=${String(target.targetPort)}`,
      ],
      { cwd: '/', env: { PATH: '/usr/bin:/bin' }, detached: true, stdio: ['ignore', log, log] },
    );
    child.on('error', () => undefined); // The wait for its port reports the failure, with the log.
    child.unref();
  } finally {
    closeSync(log);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      finish(true);
    });
    socket.once('error', () => {
      finish(false);
    });
  });
}
