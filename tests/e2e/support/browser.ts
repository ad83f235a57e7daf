import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Starts Debian's Chromium, which is installed when it is missing. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) await installChromium();
  // Root has no sandbox; the other switches keep Chromium from asking the network for things of its own.
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

async function installChromium(): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-qq'], { env });
  await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
}
