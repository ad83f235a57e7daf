import { credentialIn, isLiteral } from '../../kubernetes/credentials.ts';
import { entries, field, isUnknownField, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { credentialNames, namePatternParameter, type IsCredentialName } from './credentialNames.ts';

/** No environment variable holds a credential that is written down beside it. Values are never shown. */
export const secretInEnvironment = objectRule({
  name: 'secret-in-environment',
  asks: 'No environment variable of a container has a credential for its literal value.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'Whoever may read the Deployment reads it, and so do repositories, backups and logs that it passes through. A Secret has rights of its own, and can be changed by itself.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  parameters: { namePattern: namePatternParameter },
  passes: podWithContainer(
    'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: shop-database, key: password } } }]',
  ),
  fails: podWithContainer('env: [{ name: DB_PASSWORD, value: correct-horse }]'),
  check: (object, { namePattern }) => {
    const isNamed = credentialNames(namePattern);
    return eachContainer(object, (container) => valueProblems(container, isNamed));
  },
});

function* valueProblems({ spec }: Container, isNamed: IsCredentialName): Iterable<ContainerProblem> {
  for (const [index, variable] of entries(field(spec, 'env')).entries()) {
    const name = text(field(variable, 'name')) ?? '';
    const what = credentialOf(variable, isNamed(name));
    if (what === undefined) continue;
    yield {
      path: `env[${index}].value`,
      problem: `of ${shown(name)} holds ${what}: it must come from a Secret`,
      fix: `a Secret that is mounted as files, or env: [{ name: ${shown(name)}, valueFrom: { secretKeyRef: { name: "shop", key: "password" } } }]`,
    };
  }
}

/** What a value is, in words. One that comes out of another resource (a host name, mostly) is judged by its variable's name alone. */
function credentialOf(variable: unknown, named: boolean): string | undefined {
  const byName = 'a credential, by its name';
  if (isUnknownField(variable, 'value')) return named ? byName : undefined;
  const value = text(field(variable, 'value')) ?? '';
  return credentialIn(value) ?? (named && isLiteral(value) ? byName : undefined);
}
