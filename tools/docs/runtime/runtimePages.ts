import type { GeneratedPage } from '../generatedPage.ts';
import { code, generatedFrom, paragraphs } from '../markdown.ts';
import { type DescribedExport, describeExport } from './describeExport.ts';
import { anchorOf, exportSection } from './exportSection.ts';
import { readExports } from './readExports.ts';
import { type SettingsTable, settingsPage } from './settingsPage.ts';
import { type Theme, themeOf, themes } from './themes.ts';

/** Where the pages of the runtime are. */
export const runtimeDirectory = 'docs/runtime';

/**
 * The pages of the runtime: one for each theme of its public API, one for its settings, and one that leads to them.
 *
 * @throws Error when an export says nothing about itself.
 */
export function runtimePages(checkout: string, settings: SettingsTable): readonly GeneratedPage[] {
  const exports = valuesFirst(readExports(checkout).map(describeExport));
  requireText(exports);
  const pages = themes
    .map((theme) => ({ theme, exports: exports.filter(({ file }) => themeOf(file) === theme) }))
    .filter((page) => page.exports.length > 0);
  return [
    { path: `${runtimeDirectory}/README.md`, text: indexPage(pages) },
    { path: `${runtimeDirectory}/configuration.md`, text: settingsPage(settings) },
    ...pages.map(({ theme, exports: own }) => ({
      path: `${runtimeDirectory}/${theme.page}.md`,
      text: paragraphs(`# ${theme.title}`, generatedFrom('runtime/src'), theme.about, ...own.map(exportSection)),
    })),
  ];
}

interface ThemePage {
  readonly theme: Theme;
  readonly exports: readonly DescribedExport[];
}

function indexPage(pages: readonly ThemePage[]): string {
  return paragraphs(
    '# The runtime',
    generatedFrom('runtime/src'),
    'The public API of `@tracewright/runtime`, from the comments in its source. How it is used is in its ' +
      '[README](../../runtime/README.md); every setting is in [configuration](configuration.md).',
    pages.map(indexEntry).join('\n'),
  );
}

function indexEntry({ theme, exports }: ThemePage): string {
  const links = exports.map((described) => `[${code(described.name)}](${theme.page}.md#${anchorOf(described)})`);
  return `- **[${theme.title}](${theme.page}.md)**: ${theme.about} ${links.join(', ')}`;
}

/** Values before types: what one calls is looked for first. */
function valuesFirst(exports: readonly DescribedExport[]): readonly DescribedExport[] {
  return [...exports.filter(({ isType }) => !isType), ...exports.filter(({ isType }) => isType)];
}

/** @throws Error when an export, or one way to call it, says nothing about itself. */
function requireText(exports: readonly DescribedExport[]): void {
  const silent = exports.filter(({ signatures }) => signatures.some(({ description }) => description === ''));
  if (silent.length === 0) return;
  throw new Error(`exports without a TSDoc summary: ${silent.map(({ name, file }) => `${name} (${file})`).join(', ')}`);
}
