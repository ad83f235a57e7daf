import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, networkInterfaces } from 'node:os';
import process from 'node:process';
import { currentLoad, disksIO, fsSize, fsStats, mem, networkStats } from 'systeminformation';
import { nodeHostProcess } from '../../core/adapters/nodeHostProcess.ts';
import type { SystemPorts } from '../system/systemPorts.ts';

/**
 * The machine that this code runs on, part of it through systeminformation. That runs shells, at times while the thread
 * waits, and puts methods of its own onto `String.prototype`: this is only imported in the worker.
 */
export function nodeSystemPorts(): SystemPorts {
  const host = nodeHostProcess();
  return {
    host,
    platform: process.platform,
    readTextFile: host.readTextFile,
    directoryNames,
    loadAverages: loadavg,
    processorCount: () => cpus().length,
    availableParallelism,
    memory: () => mem(),
    fileSystems: () => fsSize(),
    currentLoad: () => currentLoad(),
    diskTraffic: () => fsStats(),
    diskOperations: () => disksIO(),
    interfaceNames: () => Object.keys(networkInterfaces()),
    interfaces: (names) => networkStats(names.join(',')),
  };
}

function directoryNames(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.isFile())
    .map(({ name }) => name);
}
