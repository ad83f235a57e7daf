import { isMap, parseDocument, type Document } from 'yaml';
import { StackConfigFileError } from '../../stack/stackConfigFile.ts';
import { isRecord } from '../../values/isRecord.ts';

/** The configuration of a stack holds what can be read only with credentials. */
export class CredentialsNeededError extends Error {
  override readonly name = 'CredentialsNeededError';

  constructor(file: string, problems: readonly string[], stack: string) {
    super(
      `${file} cannot be previewed without credentials: ${problems.join('; ')}. Name a Secret of the cluster instead ` +
        '(such as tracewright:storage, existingSecret), or preview this stack alone under your credentials with ' +
        `\`npm run preview -- --stack ${stack}\`, which asks the same rules.`,
    );
  }
}

/**
 * The configuration of a stack as a backend can read it that knows no secret of the stack: without the salt or the key that belong to
 * its own one.
 *
 * @param text - The text of the file.
 * @throws CredentialsNeededError for encrypted values, and for values that Pulumi Cloud holds; StackConfigFileError for what is no YAML.
 */
export function plainStackFile(text: string, file: string, stack: string): string {
  const document = parseDocument(text, { logLevel: 'error' });
  const content = contentOf(document, file);
  // Bytes are an object too.
  if (!isRecord(content) || !isMap(document.contents)) return text;
  const problems = [
    ...encryptedKeys(content['config']).map((key) => `${key} is encrypted`),
    ...(content['environment'] === undefined ? [] : ['"environment" takes values from Pulumi Cloud']),
  ];
  if (problems.length > 0) throw new CredentialsNeededError(file, problems, stack);
  for (const key of ['encryptionsalt', 'encryptedkey', 'secretsprovider']) document.delete(key);
  return String(document);
}

function contentOf(document: Document.Parsed, file: string): unknown {
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new StackConfigFileError(file, `is not YAML: ${mistake.message}`, mistake);
  try {
    return document.toJS();
  } catch (cause) {
    // An alias may be of nothing, or of more than there is room for.
    throw new StackConfigFileError(
      file,
      `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  }
}

function encryptedKeys(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => encryptedKeys(entry, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  if (typeof value['secure'] === 'string') return [path];
  return Object.entries(value).flatMap(([key, entry]) => encryptedKeys(entry, path === '' ? key : `${path}.${key}`));
}
