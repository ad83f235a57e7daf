import { styleText } from 'node:util';
import type { Outcome } from '../finding.ts';

/** A colour, or a weight. */
export type Colour = 'red' | 'yellow' | 'green' | 'magenta' | 'dim' | 'bold';
/** Colours a text, where colours are wanted. */
export type Paint = (colour: Colour, text: string) => string;

/** The colour of each outcome on a terminal. */
export const outcomeColours: Readonly<Record<Outcome, Colour>> = {
  ok: 'green',
  warning: 'yellow',
  unchecked: 'magenta',
  failed: 'red',
};

/** A paint that colours, or one that leaves every text as it is. */
export function createPaint(coloured: boolean): Paint {
  return (colour, text) => (coloured ? styleText(colour, text, { validateStream: false }) : text);
}
