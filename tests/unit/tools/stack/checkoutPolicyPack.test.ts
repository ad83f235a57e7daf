import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkoutPolicyPack } from '../../../../tools/stack/checkoutPolicyPack.ts';

const provider = `  kubernetes:enableConfigMapMutable: 'true'\n  kubernetes:enableSecretMutable: 'true'\n`;

function packOf(stack: string, policies: string, config = '') {
  const checkout = mkdtempSync(join(tmpdir(), 'tracewright-policy-'));
  const configFile = join(checkout, `Pulumi.${stack}.yaml`);
  writeFileSync(configFile, `config:\n${provider}${config}`);
  writeFileSync(join(checkout, 'policy.yaml'), policies);
  return checkoutPolicyPack({ checkout, stack, configFile });
}

const policies = `rules:
  host-ports: disabled
environments:
  staging:
    rules:
      host-ports: mandatory
exemptions:
  - { rule: host-ports, resource: DaemonSet/*/agent, reason: Clients need it., expires: 2027-01-31, environments: [staging] }
`;

test('the engine gets what policy.yaml says, and the environment of the stack', async () => {
  const pack = packOf('staging', policies, '  tracewright:storage: { kind: embedded }\n');
  expect(await pack.configuration?.()).toEqual({
    kubernetes: { environment: 'staging', ...(parse(policies) as object) },
  });
});

test("the environment is what the stack's configuration says, before its name", async () => {
  const pack = packOf('qa', policies, '  tracewright:environment: dev\n');
  expect(await pack.configuration?.()).toMatchObject({ kubernetes: { environment: 'dev' } });
});

test('a mistake in policy.yaml is said before the engine is asked', async () => {
  await expect(packOf('dev', 'rules: { host-port: disabled }\n').configuration?.()).rejects.toThrow(
    'policy.yaml:1: rules.host-port is not a rule',
  );
});
