import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { components, needs, type Check } from './check.ts';
import { outcomes, type Finding } from './finding.ts';

/** A file of further checks cannot be used. */
export class ChecksFileError extends Error {
  override readonly name = 'ChecksFileError';
  readonly file: string;

  constructor(file: string, problem: string, cause?: unknown) {
    super(`--checks: ${file} ${problem}`, { cause });
    this.file = file;
  }
}

const longestSeconds = 600;
const text = z.string().trim().min(1);

const checkSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be in kebab-case, such as "index-templates-present"'),
  component: z.enum(components),
  title: text,
  needs: z.array(z.enum(needs)).readonly().exactOptional(),
  applies: z.custom<NonNullable<Check['applies']>>(isFunction, 'must be a function').exactOptional(),
  timeoutSeconds: z.number().min(1).max(longestSeconds).exactOptional(),
  run: z.custom<Check['run']>(isFunction, 'must be a function'),
});

const moduleSchema = z.looseObject({ checks: z.array(checkSchema).min(1) });

const common = { subject: text, expected: text, found: text, seconds: z.number().min(0).exactOptional() };
const [ok, ...unsound] = outcomes;
const findingsSchema: z.ZodType<readonly Finding[]> = z.array(
  z.discriminatedUnion('outcome', [
    z.strictObject({ ...common, outcome: z.literal(ok) }),
    z.strictObject({ ...common, outcome: z.enum(unsound), mend: text }),
  ]),
);

/**
 * The checks of some modules, each of which exports `checks: readonly Check[]`, in the order of the files. What they find is held to the
 * shape of findings while they run.
 *
 * @param known - Checks that are there already: their ids are taken.
 * @throws ChecksFileError for a file that is missing, cannot be loaded, exports something else, or has an id that is taken.
 */
export async function loadChecks(files: readonly string[], known: readonly Check[]): Promise<readonly Check[]> {
  const owners = new Map(known.map(({ id }) => [id, 'a check of this project']));
  const loaded: Check[] = [];
  for (const file of files) {
    for (const check of await checksOf(file)) {
      const owner = owners.get(check.id);
      if (owner !== undefined)
        throw new ChecksFileError(file, `has the id "${check.id}", which ${owner} has; give it another`);
      owners.set(check.id, file);
      loaded.push(withCheckedFindings(check));
    }
  }
  return loaded;
}

async function checksOf(file: string): Promise<readonly Check[]> {
  if (!existsSync(file)) throw new ChecksFileError(file, 'does not exist');
  const result = moduleSchema.safeParse(await importModule(file));
  if (result.success) return result.data.checks;
  throw new ChecksFileError(
    file,
    `must export \`checks\`, an array of at least one Check (tools/validate/check.ts):\n${z.prettifyError(result.error)}`,
  );
}

async function importModule(file: string): Promise<unknown> {
  try {
    const module: unknown = await import(pathToFileURL(file).href);
    return module;
  } catch (error) {
    throw new ChecksFileError(file, `cannot be loaded: ${String(error)}`, error);
  }
}

function withCheckedFindings(check: Check): Check {
  return {
    ...check,
    run: async (context) => {
      const result = findingsSchema.safeParse(await check.run(context));
      if (result.success) return result.data;
      throw new Error(`the check gives something that is no list of findings: ${z.prettifyError(result.error)}`);
    },
  };
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
