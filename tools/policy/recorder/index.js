// A policy pack that finds nothing: it writes each Kubernetes resource of a preview as a line of JSON to the file that
// TRACEWRIGHT_POLICY_RECORD names. `pulumi preview --json` shows "[secret]" in the place of every list and mapping that holds a secret
// somewhere, such as all containers of a pod where one environment variable is secret; a policy pack gets them whole.
import messages from '@pulumi/pulumi/proto/analyzer_pb.js';
import { appendFileSync } from 'node:fs';
import { serveAnalyzer } from '../../../policies/pulumi/analyzer/serveAnalyzer.ts';

const file = process.env['TRACEWRIGHT_POLICY_RECORD'];
const version = '0.1.0';

const serving = serveAnalyzer({
  version,
  info: () => new messages.AnalyzerInfo().setName('tracewright-recorder').setVersion(version),
  configure: () => undefined,
  analyze: ({ type, name, urn, props }) => {
    if (type.startsWith('kubernetes:'))
      appendFileSync(file, `${JSON.stringify({ type, name, urn, props })}\n`, { mode: 0o600 });
    return [];
  },
  analyzeStack: () => [],
});

// What is required, as the engine requires a pack, cannot wait by itself.
void serving.then(({ port }) => process.stdout.write(`${port}\n`));
