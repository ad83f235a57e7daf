import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, networkInterfaces } from 'node:os';
import process from 'node:process';
import { currentLoad, disksIO, fsSize, fsStats, mem, networkStats } from 'systeminformation';
import { nodeHostProcess } from '../../core/adapters/nodeHostProcess.ts';
import type { SystemPorts } from '../system/systemPorts.ts';

/**
 * The machine that this code runs on, most of it through systeminformation. That runs shells, at times while the thread
 * waits, and puts methods of its own onto `String.prototype`: this is only imported in the worker.
 */
export function nodeSystemPorts(): SystemPorts {
  const host = nodeHostProcess();
  const isLinux = process.platform === 'linux';
  return {
    host,
    platform: process.platform,
    readTextFile: host.readTextFile,
    loadAverages: loadavg,
    processorCount: () => cpus().length,
    usableProcessorCount: availableParallelism,
    // `networkInterfaces` tells only of those that have an address.
    interfaceNames: () => (isLinux ? readdirSync('/sys/class/net') : Object.keys(networkInterfaces())),
    currentLoad: () => currentLoad(),
    memory: () => mem(),
    fileSystems: () => fsSize(),
    diskTraffic: () => fsStats(),
    diskOperations: () => disksIO(),
    interfaces: (names) => networkStats(names.join(',')),
  };
}
