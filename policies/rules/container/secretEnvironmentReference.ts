import { entries, field, fieldAt, isPresent } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';

const problem = 'is set: a Secret must be mounted as files';
const fix =
  'volumes: [{ name: "database", secret: { secretName: "shop-database" } }], volumeMounts: [{ name: "database", mountPath: "/run/secrets/database", readOnly: true }]';

/** Containers read Secrets from files. */
export const secretEnvironmentReference = objectRule({
  name: 'secret-environment-reference',
  asks: 'No environment variable of a container comes from a Secret: Secrets are mounted as files.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'Environments are handed to child processes, and end up in dumps and error reports. They keep an old value until the container restarts; files follow the Secret.',
  link: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  passes: podWithContainer('env: [{ name: DB_PASSWORD_FILE, value: /run/secrets/database/password }]'),
  fails: podWithContainer(
    'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: shop-database, key: password } } }]',
  ),
  check: (object) => eachContainer(object, referenceProblems),
});

function* referenceProblems({ spec }: Container): Iterable<ContainerProblem> {
  for (const [index, variable] of entries(field(spec, 'env')).entries())
    if (isPresent(fieldAt(variable, 'valueFrom', 'secretKeyRef')))
      yield { path: `env[${index}].valueFrom.secretKeyRef`, problem, fix };
  for (const [index, source] of entries(field(spec, 'envFrom')).entries())
    if (isPresent(field(source, 'secretRef'))) yield { path: `envFrom[${index}].secretRef`, problem, fix };
}
