// What Pulumi starts, with require() and under ts-node. The published package holds dist; the repository runs from source,
// which needs a Node that runs TypeScript itself (an older one answers a `.ts` file with nothing that helps).
import { existsSync } from 'node:fs';

const fromSource = existsSync(new URL('./pack.ts', import.meta.url));
if (fromSource && !process.features.typescript) {
  console.error(
    `Tracewright needs Node 22.18 or later, which runs TypeScript itself; this is Node ${process.versions.node}.`,
  );
  process.exit(32);
}
import(fromSource ? './pack.ts' : './dist/pack.js');
