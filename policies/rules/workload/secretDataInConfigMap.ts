import { credentialIn, isCredentialName, isLiteral } from '../../kubernetes/credentials.ts';
import { field, pairs } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';

/** ConfigMaps hold no passwords, keys or tokens. */
export const secretDataInConfigMap = objectRule({
  name: 'secret-data-in-config-map',
  asks: 'No ConfigMap holds a password, a key or a token.',
  severity: 'high',
  level: 'advisory',
  rationale:
    'Many more people and programs may read ConfigMaps than Secrets, and no cluster encrypts them by itself. What is one is guessed by names and by forms of well-known tokens; values are never shown.',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  passes: manifest('v1', 'ConfigMap', 'shop', 'data: { DB_PASSWORD_FILE: /run/secrets/db/password }'),
  fails: manifest('v1', 'ConfigMap', 'shop', 'data: { DB_PASSWORD: hunter2 }'),
  *check(object) {
    if (!object.is('ConfigMap', '')) return;
    for (const [name, value] of pairs(field(object.body, 'data'))) {
      if (typeof value !== 'string') continue;
      const state = stateOf(name, value);
      if (state === undefined) continue;
      yield {
        path: `data["${name}"]`,
        problem: `${state}: it must stand in a Secret`,
        fix: 'a Secret that the pods mount, or a reference to one',
      };
    }
  },
});

function stateOf(name: string, value: string): string | undefined {
  const found = credentialIn(value);
  if (found !== undefined) return `holds ${found}`;
  if (isCredentialName(name) && isLiteral(value)) return 'is a credential by its name, and has a literal value';
  const line = value.split('\n').findIndex(setsCredential);
  return line === -1 ? undefined : `sets a credential to a literal value in line ${line + 1}`;
}

/** Whether a line of a file is `password = hunter2`, or the like in YAML or JSON. A call or several words are none. */
function setsCredential(line: string): boolean {
  const form = /^\s*(?:export\s)?["']?([\w.-]{1,100})["']?\s{0,20}[:=]\s{0,20}(["']?)([^\s"'()]{1,500})\2[,;]?\s*$/;
  const [, name = '', , value = ''] = form.exec(line) ?? [];
  return isCredentialName(name) && isLiteral(value.replace(/[,;]$/, ''));
}
