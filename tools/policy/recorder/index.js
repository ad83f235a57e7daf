// A policy pack that finds nothing: it writes each Kubernetes resource of a preview as a line of JSON to the file that
// TRACEWRIGHT_POLICY_RECORD names. `pulumi preview --json` shows "[secret]" in the place of every list and mapping that holds a secret
// somewhere, such as all containers of a pod where one environment variable is secret; a policy pack gets them whole.
import { PolicyPack } from '@pulumi/policy';
import { appendFileSync } from 'node:fs';
import { behindProxy } from '../../../policies/pulumi/behindProxy.ts';

const file = process.env['TRACEWRIGHT_POLICY_RECORD'];

new PolicyPack('tracewright-recorder', {
  policies: [
    {
      name: 'record',
      description: 'Finds nothing.',
      enforcementLevel: 'advisory',
      validateResource: ({ type, name, urn, props }) => {
        if (!type.startsWith('kubernetes:')) return;
        appendFileSync(file, `${JSON.stringify({ type, name, urn, props: behindProxy(props) })}\n`, { mode: 0o600 });
      },
    },
  ],
});
