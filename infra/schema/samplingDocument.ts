import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { problemsOf, propertyPath } from './configProblems.ts';
import { isRecord } from './isRecord.ts';
import { fromJaegerFormat, isJaegerFormat, jaegerPath } from './jaegerSamplingFormat.ts';
import { samplingSchema } from './samplingSchema.ts';
import type { ConfigProblem } from './stackConfigError.ts';

/** A sampling file, read. */
export interface SamplingDocument {
  /** The strategies in our model; meaningless where there are problems. */
  readonly sampling: Readonly<Record<string, unknown>>;
  /** With the file, the line and the column before each key. */
  readonly problems: readonly ConfigProblem[];
}

const whatIsAllowed =
  "a mapping with the keys default and services, or default_strategy and service_strategies, which are Jaeger's";

/**
 * Reads strategies in our model or in Jaeger's own format. JSON is YAML.
 *
 * @param text - Content of the file.
 * @param name - The file, as it is named in problems.
 */
export function parseSamplingDocument(text: string, name: string): SamplingDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const broken = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const advice =
      code === 'DUPLICATE_KEY' ? 'Jaeger would keep only the last of these keys; keep one' : `must be ${whatIsAllowed}`;
    return { key: at(pos[0]), message: `is not YAML or JSON (${message}): ${advice}` };
  });
  // What follows the first error is mostly its echo.
  const [first] = broken;
  if (first !== undefined) return { sampling: {}, problems: [first] };
  const root = contentOf(document);
  if (root instanceof Error) {
    const message = `is not YAML or JSON (${root.message}): must be ${whatIsAllowed}`;
    return { sampling: {}, problems: [{ key: name, message }] };
  }
  if (!isRecord(root) || Object.keys(root).length === 0) {
    const message = `must be ${whatIsAllowed}: Jaeger would sample 0.001 of everything without one`;
    return { sampling: {}, problems: [{ key: name, message }] };
  }
  const placed = (path: readonly PropertyKey[]): string => `${at(offsetOf(document, path))}: `;
  return isJaegerFormat(root) ? jaegerStrategies(root, placed) : ownStrategies(root, placed);
}

type Placed = (path: readonly PropertyKey[]) => string;
type Mapping = Readonly<Record<string, unknown>>;

function ownStrategies(root: Mapping, placed: Placed): SamplingDocument {
  const issues = samplingSchema(1).safeParse(root).error?.issues ?? [];
  const problems = issues.flatMap((issue) => problemsOf(issue, root, placed(firstPath(issue))));
  return { sampling: root, problems };
}

function jaegerStrategies(root: Mapping, placed: Placed): SamplingDocument {
  const { sampling, conflicts } = fromJaegerFormat(root);
  const issues = samplingSchema(1).safeParse(sampling).error?.issues ?? [];
  const problems = issues
    .map((issue) => ({ ...issue, path: jaegerPath(issue.path) }))
    .flatMap((issue) => problemsOf(issue, root, placed(issue.path)));
  const unread = conflicts.map(({ path, message }) => ({ key: placed(path) + propertyPath(path), message }));
  return { sampling, problems: [...unread, ...problems] };
}

/** Where an issue is: an unknown key is beside its path. */
function firstPath(issue: { readonly path: readonly PropertyKey[]; readonly keys?: unknown }): readonly PropertyKey[] {
  const unknownKey: unknown = Array.isArray(issue.keys) ? issue.keys[0] : undefined;
  return typeof unknownKey === 'string' ? [...issue.path, unknownKey] : issue.path;
}

/** The content, or why there is none: an alias may name nothing, itself, or millions of entries. */
function contentOf(document: Document): unknown {
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    // Fails for an alias within what it names.
    JSON.stringify(content);
    return content;
  } catch (error) {
    if (error instanceof TypeError) return new Error('an alias stands within what it names');
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Where a value begins with its key, or its nearest ancestor that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const found = childOf(isAlias(node) ? node.resolve(document) : node, step);
    offset = startOf(found?.start) ?? offset;
    node = found?.value;
  }
  return offset;
}

function childOf(node: unknown, step: PropertyKey): { readonly start: unknown; readonly value: unknown } | undefined {
  if (isSeq(node) && typeof step === 'number') return { start: node.items[step], value: node.items[step] };
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair && { start: pair.key, value: pair.value };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
