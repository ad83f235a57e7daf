import { SourceMap, type SourceMapPayload } from 'node:module';
import { isRecord } from '../../core/isRecord.ts';

/** Where something comes from. Lines and columns from 1. */
export interface OriginalPlace {
  /** As the map says it. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** What is there, if it is a name and the map says which. */
  readonly name: string | undefined;
}

/** A source map that can be asked. */
export class ParsedSourceMap {
  /** What the names of sources begin with; empty for most. */
  readonly sourceRoot: string;
  readonly #map: SourceMap;
  readonly #contents: ReadonlyMap<string, string>;

  /** @throws Error saying what is wrong with the map */
  constructor(json: string) {
    const { payload, contents } = checkedPayload(parsed(json));
    this.sourceRoot = payload.sourceRoot;
    this.#contents = contents;
    this.#map = new SourceMap(payload);
  }

  /** The text of a source, where the map has it. */
  contentOf(source: string): string | undefined {
    return this.#contents.get(source);
  }

  /** Where a place in the generated file comes from; `undefined` where the map does not say. */
  originOf(line: number, column: number): OriginalPlace | undefined {
    const entry: unknown = this.#map.findEntry(line - 1, column - 1);
    // It finds the mapping before the place, be it lines before.
    if (!isRecord(entry) || entry.generatedLine !== line - 1) return undefined;
    const { originalSource: source, originalLine, originalColumn, name } = entry;
    if (typeof source !== 'string' || !isOffset(originalLine) || !isOffset(originalColumn)) return undefined;
    return {
      source,
      line: originalLine + 1,
      column: originalColumn + 1,
      name: typeof name === 'string' && name !== '' ? name : undefined,
    };
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json.startsWith(")]}'") ? json.slice(json.indexOf('\n') + 1) : json);
  } catch (error) {
    throw new Error('the map is no JSON', { cause: error });
  }
}

interface CheckedPayload {
  readonly payload: SourceMapPayload;
  readonly contents: ReadonlyMap<string, string>;
}

/** Node checks nothing of it, and keeps a copy of all: it is given no more than it needs. */
function checkedPayload(map: unknown): CheckedPayload {
  if (!isRecord(map) || map.version !== 3) throw new Error('the map is not of version 3');
  if (Array.isArray(map.sections)) return indexedPayload(map.sections);
  const { sources, mappings, sourceRoot, names } = map;
  if (!isTexts(sources) || typeof mappings !== 'string') throw new Error('the map has no sources or no mappings');
  const contents = Array.isArray(map.sourcesContent) ? map.sourcesContent : [];
  return {
    payload: plainPayload(
      sources,
      mappings,
      typeof sourceRoot === 'string' ? sourceRoot : '',
      isTexts(names) ? names : [],
    ),
    contents: contentsOf(sources, contents),
  };
}

/** A map of several, each for a part of the file. Only its own are looked at, not sections of sections. */
function indexedPayload(sections: readonly unknown[]): CheckedPayload {
  const contents = new Map<string, string>();
  const checked = sections.map((section) => {
    if (
      !isRecord(section) ||
      !isRecord(section.offset) ||
      !isRecord(section.map) ||
      Array.isArray(section.map.sections)
    ) {
      throw new Error('a section of the map has no offset or no map');
    }
    const { line, column } = section.offset;
    if (!isOffset(line) || !isOffset(column)) throw new Error('a section of the map has no offset or no map');
    const part = checkedPayload(section.map);
    for (const [source, content] of part.contents) contents.set(source, content);
    return { offset: { line, column }, map: part.payload };
  });
  return { payload: { ...plainPayload([], '', '', []), sections: checked } as SourceMapPayload, contents };
}

function plainPayload(sources: string[], mappings: string, sourceRoot: string, names: string[]): SourceMapPayload {
  // Node takes the last segment for one with a source and a name, whatever it has, where nothing ends it.
  return { file: '', version: 3, sources, sourcesContent: [], names, mappings: `${mappings};`, sourceRoot };
}

function contentsOf(sources: readonly string[], contents: readonly unknown[]): ReadonlyMap<string, string> {
  const bySource = new Map<string, string>();
  for (const [index, source] of sources.entries()) {
    const content = contents[index];
    if (typeof content === 'string') bySource.set(source, content);
  }
  return bySource;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
