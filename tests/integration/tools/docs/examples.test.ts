import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

interface Example {
  readonly page: string;
  readonly code: string;
}

/** Every block of TypeScript on a page for readers that imports something: the others are parts of a whole. */
function findExamples(): readonly Example[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.md'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  return listed
    .trim()
    .split('\n')
    .flatMap((page) => examplesOf(page, readFileSync(join(checkout, page), 'utf8')));
}

function examplesOf(page: string, text: string): readonly Example[] {
  return [...text.matchAll(/^```ts\n(?<code>.*?)^```$/gms)]
    .map((match) => ({ page, code: match.groups?.['code'] ?? '' }))
    .filter(({ code }) => code.includes('import '));
}

/** What the compiler says of files that exist in memory only, with the repository's own options. */
function compile(examples: readonly Example[]): readonly string[] {
  const read = ts.readConfigFile(join(checkout, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, checkout);
  const files = new Map(examples.map(({ code }, index) => [join(checkout, `documentation${index}.ts`), code]));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    getSourceFile: (path, version) => {
      const code = files.get(path);
      return code === undefined ? disk.getSourceFile(path, version) : ts.createSourceFile(path, code, version, true);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path, index) => {
    const source = program.getSourceFile(path);
    const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return problems.map(
      ({ messageText }) => `${examples[index]?.page ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

describe('examples in the documentation', () => {
  it('are there for each component', () => {
    const pages = new Set(findExamples().map(({ page }) => page));
    const components = execFileSync('git', ['ls-files', '--', 'docs/components'], { cwd: checkout, encoding: 'utf8' });
    const wanted = components
      .trim()
      .split('\n')
      .filter((page) => !page.endsWith('README.md'));
    expect(wanted.length).toBeGreaterThan(8);
    expect(wanted.filter((page) => !pages.has(page))).toEqual([]);
  });

  it('compile', () => {
    expect(compile(findExamples())).toEqual([]);
  });

  it('would be refused with an argument that the component does not have', () => {
    const code = "import { TracingStack } from '@tracewright/infra';\nnew TracingStack('tracing', { colector: {} });\n";
    expect(compile([{ page: 'docs/wrong.md', code }])).toEqual([
      expect.stringMatching(/^docs\/wrong\.md: .*colector/s),
    ]);
  });
});
