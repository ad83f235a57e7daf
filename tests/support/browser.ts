import { execa } from 'execa';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Starts Debian's Chromium, which is installed when it is missing. */
export async function openBrowser(): Promise<Browser> {
  await installChromium();
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

/** What pictures of pages are written in. */
const font = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

/** Files of tests run beside each other: one installs, the others wait, also for what is being unpacked. */
async function installChromium(): Promise<void> {
  const isThere = 'test -x "$0" && test -f "$1"';
  const install = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core';
  const lock = join(tmpdir(), 'tracewright-chromium.lock');
  const script = `{ ${isThere}; } || { ${install}; }`;
  await execa('flock', [lock, 'sh', '-c', script, executablePath, font], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}
