import { plainText } from './plainText.ts';

/** A text of others with its lines and tabs as they are; all else that cannot be seen is named. */
export function linedText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(plainText).join('\t'))
    .join('\n');
}
