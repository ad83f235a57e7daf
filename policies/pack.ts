import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveAnalyzer } from './pulumi/analyzer/serveAnalyzer.ts';
import { environmentOf } from './pulumi/environment.ts';
import { RulePack } from './pulumi/rulePack.ts';
import { allRules } from './rules/allRules.ts';

// The engine starts a pack in its directory.
const { version } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
  readonly version: string;
};

const { port } = await serveAnalyzer(
  new RulePack({
    name: 'tracewright',
    version,
    description: 'What Tracewright asks of every workload on Kubernetes.',
    rules: allRules,
    environment: environmentOf(process.env),
    now: () => new Date(),
  }),
);

// The engine reads from standard output where to ask.
process.stdout.write(`${port}\n`);
