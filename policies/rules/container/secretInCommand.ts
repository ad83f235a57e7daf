import { credentialIn, isLiteral } from '../../kubernetes/credentials.ts';
import { entries, fieldAt, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { credentialNames, namePatternParameter, type IsCredentialName } from './credentialNames.ts';
import { probeNames } from './probes.ts';

const commands: readonly (readonly string[])[] = [
  ['command'],
  ['args'],
  ...probeNames.map((probe) => [probe, 'exec', 'command']),
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
];

// `--name=value`, `-name=value`, `NAME=value` at the beginning of a word, alone or within a script.
const assignment = /(?:^|[\s;&|(])-{0,2}([A-Za-z][\w.-]{0,100})=("[^"]*"|'[^']*'|[^\s;&|)`\\][^\s;&|)]*)/g;
// `--name value` within a script. One that begins with a dash is the next option.
const separate = /(?:^|\s)--([A-Za-z][\w.-]{0,100})[ \t]+("[^"]*"|'[^']*'|[^\s;&|)`\\-][^\s;&|)]*)/g;
// An option by itself, whose value is the next argument.
const option = /^--?([A-Za-z][\w.-]{0,100})$/;
// An option that is on or off has no value, and what follows it is something else.
const onOrOff =
  /^(?:allow|check|disable|enable|generate|ignore|no|require|rotate|show|skip|use|validate|verify|with|without)[._-]/i;

/** No command of a container has a credential written into it. Commands are never shown. */
export const secretInCommand = objectRule({
  name: 'secret-in-command',
  asks: 'No command, argument, exec probe or hook of a container has a credential written into it.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'Everybody who may read the Deployment reads it, and every process of the node sees it in the list of processes.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  parameters: { namePattern: namePatternParameter },
  passes: podWithContainer('args: ["--db-password=$(DB_PASSWORD)"]'),
  fails: podWithContainer('args: ["--db-password=correct-horse"]'),
  check: (object, { namePattern }) => {
    const isNamed = credentialNames(namePattern);
    return eachContainer(object, (container) => commandProblems(container, isNamed));
  },
});

function* commandProblems({ spec }: Container, isNamed: IsCredentialName): Iterable<ContainerProblem> {
  for (const path of commands) {
    let before = '';
    for (const [index, entry] of entries(fieldAt(spec, ...path)).entries()) {
      const word = text(entry) ?? '';
      const what = credentialIn(word) ?? namedCredential(before, word, isNamed);
      before = word;
      if (what === undefined) continue;
      yield {
        path: `${path.join('.')}[${index}]`,
        problem: `holds ${what}: it must come from a Secret`,
        fix: 'a Secret that is mounted as files, or an environment variable from a Secret: $(DB_PASSWORD)',
      };
    }
  }
}

/** The first name of a credential in a word, or before it, with a value that stands for itself. */
function namedCredential(before: string, word: string, isNamed: IsCredentialName): string | undefined {
  const previous = word.startsWith('-') ? undefined : option.exec(before)?.[1];
  const follows = [...pairsIn(word, separate), ...(previous === undefined ? [] : [[previous, word] as const])];
  const named = [...pairsIn(word, assignment), ...follows.filter(([name]) => !onOrOff.test(name))];
  const found = named.find(([name, value]) => isNamed(name) && isLiteral(value));
  return found && `the value of ${shown(found[0])}`;
}

function pairsIn(word: string, pattern: RegExp): readonly (readonly [name: string, value: string])[] {
  return [...word.matchAll(pattern)].map(([, name = '', value = '']) => [name, value] as const);
}
