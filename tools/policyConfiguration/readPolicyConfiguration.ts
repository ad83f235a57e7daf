import { LineCounter, parseDocument, type Document } from 'yaml';
import type { ConfiguredExemption, PolicyConfiguration } from '../../policies/configuration/resolveSettings.ts';
import type { Rule } from '../../policies/rule.ts';
import { YamlPlaces, type Step } from './yamlPlaces.ts';
import { PolicyConfigurationError } from './configurationError.ts';
import { configurationValidator } from './configurationValidator.ts';
import { shownPath } from './describeProblem.ts';

/** A configuration of policies, and where its parts stand. */
export interface ReadConfiguration {
  /** As messages call the file; missing where there is none. */
  readonly file?: string;
  readonly configuration: PolicyConfiguration;
  /** The line of an exemption of this configuration, from 1. */
  readonly lineOf: (exemption: ConfiguredExemption) => number;
}

/** What is taken where there is no file: each rule as it is by itself. */
export const noConfiguration: ReadConfiguration = { configuration: {}, lineOf: () => 1 };

/**
 * Reads and checks a configuration of policies.
 *
 * @param text - YAML.
 * @param file - What messages call it.
 * @throws PolicyConfigurationError with all mistakes at once, each with its line.
 */
export function readPolicyConfiguration(text: string, file: string, rules: readonly Rule[]): ReadConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = document.errors.map(({ message, pos, code }) => ({
    code,
    problem: {
      file,
      line: lines.linePos(pos[0]).line,
      message: code === 'DUPLICATE_KEY' ? 'this key stands twice' : `is not YAML: ${message}`,
    },
  }));
  // Of a key that stands twice, one is read: what is wrong in it can be said as well.
  if (broken.some(({ code }) => code !== 'DUPLICATE_KEY'))
    throw new PolicyConfigurationError(broken.map(({ problem }) => problem));
  const places = new YamlPlaces(document, lines);
  const { configuration, problems = [] } = configurationValidator(rules)(contentOf(document, file));
  const all = [
    ...broken.map(({ problem }) => problem),
    ...problems.map(({ path, message }) => ({ file, line: places.lineOf(path), message: sentence(path, message) })),
  ];
  if (configuration === undefined || all.length > 0) throw new PolicyConfigurationError(all.sort(byLine));
  const exemptions = configuration.exemptions ?? [];
  return { file, configuration, lineOf: (one) => places.lineOf(['exemptions', exemptions.indexOf(one)]) };
}

/** An alias may be of nothing, or of more than there is room for: where it stands, only its name says. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new PolicyConfigurationError([{ file, line: 1, message }]);
  }
}

function sentence(path: readonly Step[], message: string): string {
  return path.length === 0 ? `the configuration ${message}` : `${shownPath(path)} ${message}`;
}

function byLine(one: { readonly line: number }, other: { readonly line: number }): number {
  return one.line - other.line;
}
