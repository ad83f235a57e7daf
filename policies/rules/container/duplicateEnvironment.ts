import { entries, field, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';

/** No environment variable is set twice. */
export const duplicateEnvironment = objectRule({
  name: 'duplicate-environment',
  asks: 'No container has two environment variables of one name.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'The last one holds, and nobody sees it. Server-side apply refuses such a list, and other ways of applying may drop one of both.',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  passes: podWithContainer('env: [{ name: MODE, value: fast }, { name: REGION, value: north }]'),
  fails: podWithContainer('env: [{ name: MODE, value: fast }, { name: MODE, value: slow }]'),
  check: (object) => eachContainer(object, duplicateProblems),
});

function* duplicateProblems({ spec }: Container): Iterable<ContainerProblem> {
  const first = new Map<string, number>();
  for (const [index, variable] of entries(field(spec, 'env')).entries()) {
    const name = text(field(variable, 'name'));
    if (name === undefined) continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, index);
    else
      yield {
        path: `env[${index}].name`,
        problem: `is ${shown(name)}, as env[${before}].name is: it must be set once`,
        fix: 'leave one of both out',
      };
  }
}
