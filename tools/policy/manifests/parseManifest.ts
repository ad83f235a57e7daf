import { isCollection, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import { objectsOf, type KubernetesObject } from '../../../policies/kubernetes/object.ts';
import { isRecord } from '../../values/isRecord.ts';
import type { Place } from '../place.ts';
import { YamlPlaces, type Step } from '../../policyConfiguration/yamlPlaces.ts';
import { kubernetesYaml } from './kubernetesYaml.ts';

/** A Kubernetes object of a file. */
export interface ManifestObject {
  readonly object: KubernetesObject;
  /** The line of a field, as rules call it. */
  readonly lineOf: (field: string) => number;
}

/** Why something of a file could not be read. */
export interface ManifestProblem {
  readonly place: Place;
  readonly message: string;
}

/** What a file holds. */
export interface Manifest {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly ManifestProblem[];
  /** Documents that hold something, but no Kubernetes object. */
  readonly others: number;
}

const nothing: Manifest = { objects: [], problems: [], others: 0 };
const renderFirst = 'it looks like a template: render it first (with Helm: `helm template`)';

/**
 * Reads the Kubernetes objects of a YAML or JSON file, document by document: a broken one hides no other.
 *
 * @param file - As messages call it.
 */
export function parseManifest(text: string, file: string): Manifest {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...kubernetesYaml, lineCounter: lines, prettyErrors: false });
  const parts = [...documents].map((document, index) => {
    const mistake = firstMistake(document, text);
    if (mistake !== undefined) return broken(file, lines.linePos(mistake.offset).line, mistake.message);
    return readDocument(document, new YamlPlaces(document, lines), file, `${file}[${index}]`);
  });
  return {
    objects: parts.flatMap(({ objects }) => objects),
    problems: parts.flatMap(({ problems }) => problems),
    others: parts.reduce((sum, { others }) => sum + others, 0),
  };
}

function readDocument(document: Document, places: YamlPlaces, file: string, name: string): Manifest {
  try {
    const body: unknown = document.toJS();
    if (body === null || body === undefined) return nothing;
    const objects = partsOf(body).flatMap((part) => {
      const source = { file, line: places.lineOf(part.path) };
      return objectsOf(part.body, source, `${name}${part.suffix}`).map((object) => ({
        object,
        lineOf: (field: string) => places.lineOfField(field, part.path),
      }));
    });
    return objects.length === 0 ? { ...nothing, others: 1 } : { ...nothing, objects };
  } catch (error) {
    // Aliases of aliases can be made to grow without end, for one.
    return broken(file, places.lineOf([]), `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function broken(file: string, line: number, message: string): Manifest {
  return { ...nothing, problems: [{ place: { file, line }, message }] };
}

/** What follows the first mistake of a document is mostly about that mistake. */
function firstMistake(
  document: Document.Parsed,
  text: string,
): { readonly offset: number; readonly message: string } | undefined {
  const [error] = document.errors;
  if (error === undefined) return templateMistake(document);
  const [start, end] = document.range;
  const hint = text.slice(start, end).includes('{{') ? `; ${renderFirst}` : '';
  return { offset: error.pos[0], message: `is not YAML: ${error.message}${hint}` };
}

/** `{{ .Values.image }}` is YAML by accident: a mapping whose name is a mapping. */
function templateMistake(document: Document): { readonly offset: number; readonly message: string } | undefined {
  let offset: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return undefined;
      offset = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset === undefined ? undefined : { offset, message: `has a mapping for a name; ${renderFirst}` };
}

interface Part {
  readonly body: unknown;
  readonly path: readonly Step[];
  /** Tells it from its neighbours, where it has no name. */
  readonly suffix: string;
}

/** The entries of a list stand at lines of their own: it is taken apart into lists of one. */
function partsOf(body: unknown): readonly Part[] {
  const items = isRecord(body) && String(body['kind']).endsWith('List') ? body['items'] : undefined;
  if (!isRecord(body) || !Array.isArray(items)) return [{ body, path: [], suffix: '' }];
  return items.map((item: unknown, index) => ({
    body: { ...body, items: [item] },
    path: ['items', index],
    suffix: `[${index}]`,
  }));
}
