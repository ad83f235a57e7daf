import { useEffect, useState } from 'preact/hooks';

/** How many lines are told apart by colour and dashes. */
export const LINE_STYLES = 6;

/** Nobody has to tell colours apart: dashes differ, too. In pixels. */
export const LINE_DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 5]];

/** Colours as the canvas wants them. */
export interface Palette {
  readonly lines: readonly string[];
  readonly muted: string;
  readonly border: string;
  readonly warning: string;
  readonly gap: string;
}

/**
 * The colours of the scheme that is on now. A canvas knows no `light-dark()`: elements are asked what they made of it, all at
 * once, as each question makes the browser lay out the page.
 */
export function readPalette(host: HTMLElement): Palette {
  const tokens = [
    ...Array.from({ length: LINE_STYLES }, (_, index) => `--series-${index + 1}`),
    '--muted',
    '--border',
    '--warning',
    '--raised',
  ];
  const probe = document.createElement('div');
  probe.hidden = true;
  const elements = tokens.map((token) => {
    const element = document.createElement('span');
    element.style.color = `var(${token})`;
    probe.append(element);
    return element;
  });
  host.append(probe);
  const colours = elements.map((element) => getComputedStyle(element).color);
  probe.remove();
  const [muted = '', border = '', warning = '', gap = ''] = colours.slice(LINE_STYLES);
  return { lines: colours.slice(0, LINE_STYLES), muted, border, warning, gap };
}

/** Changes when the page becomes light or dark, by its switch or by the system. */
export function useColourScheme(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const note = () => setChanges((count) => count + 1);
    const observer = new MutationObserver(note);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', note);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', note);
    };
  }, []);
  return changes;
}
