import { stringify } from 'yaml';
import { parseSamplingDocument } from '../../../infra/schema/samplingDocument.ts';
import { fenced, paragraphs } from '../markdown.ts';

/** A tenth of all traces; every trace of one service but those of its health checks; five traces a second of another. */
const ours = {
  default: { type: 'probabilistic', param: 0.1 },
  services: [
    {
      service: 'shop',
      type: 'probabilistic',
      param: 1,
      operations: [{ operation: 'GET /healthz', type: 'probabilistic', param: 0 }],
    },
    { service: 'reports', type: 'ratelimiting', param: 5 },
  ],
};

const jaegers = {
  default_strategy: { type: 'probabilistic', param: 0.1 },
  service_strategies: [
    {
      service: 'shop',
      type: 'probabilistic',
      param: 1,
      operation_strategies: [{ operation: 'GET /healthz', type: 'probabilistic', param: 0 }],
    },
    { service: 'reports', type: 'ratelimiting', param: 5 },
  ],
};

/** How strategies are given in a file of their own. */
export function samplingFileSection(): string {
  return paragraphs(
    '### `sampling.file`',
    'In the place of `default` and `services`: a path from the directory of `Pulumi.yaml` to a YAML or JSON file that lies below ' +
      'it. The same rules hold for its content, and its problems are reported beside all others. A program gives it to ' +
      '`TracingStack` with `sampling: readSamplingFile(path)`.',
    fenced('yaml', 'tracewright:sampling:\n  file: sampling.yaml'),
    'It has the keys of this page:',
    fenced('yaml', checked(ours)),
    "or those of Jaeger's own format, as a file for Jaeger has them already; the same strategies in JSON:",
    fenced(
      'json',
      checked(jaegers, (document) => JSON.stringify(document, null, 2)),
    ),
  );
}

/** A document as text. @throws Error when the stack would refuse it. */
function checked(document: object, write: (document: object) => string = stringify): string {
  const text = write(document);
  const { problems } = parseSamplingDocument(text, 'sampling.yaml');
  if (problems.length === 0) return text;
  throw new Error(`the page's example of sampling strategies is refused: ${JSON.stringify(problems)}`);
}
