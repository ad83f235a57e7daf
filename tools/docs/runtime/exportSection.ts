import { code, fenced, paragraphs } from '../markdown.ts';
import { memberTable } from '../memberTable.ts';
import type { DescribedExport, DescribedSignature } from './describeExport.ts';

const MAIN_MODULE = '@tracewright/runtime';

/** One export on its page. */
export function exportSection(described: DescribedExport): string {
  const { file, signatures, members } = described;
  return paragraphs(
    `## ${headingOf(described)}`,
    ...signatures.map(signatureText),
    members.length === 0 ? '' : memberTable(members),
    `[source](../../${file})`,
  );
}

/** The name, and where it is imported from unless that is the package itself. */
function headingOf({ name, module }: DescribedExport): string {
  return module === MAIN_MODULE ? name : `${name}, of ${module}`;
}

/** The anchor of its heading, as GitHub makes it. */
export function anchorOf(described: DescribedExport): string {
  return headingOf(described)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function signatureText({
  code: text,
  head,
  description,
  parameters,
  returns,
  throws,
  examples,
}: DescribedSignature): string {
  const facts = [
    ...parameters.map((parameter) => `${code(parameter.name)}: ${parameter.description}`),
    ...(returns === '' ? [] : [`Returns ${returns}`]),
    ...throws.map((what) => `Throws ${what}`),
  ];
  return paragraphs(
    text === '' ? code(head) : fenced('ts', text),
    description,
    facts.map((fact) => `- ${fact.replaceAll(/\s*\n\s*/g, ' ')}`).join('\n'),
    ...examples.map((example) => fenced('ts', example)),
  );
}
