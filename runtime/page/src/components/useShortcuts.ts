import { useEffect, useRef } from 'preact/hooks';
import { isWithModifier } from './isWithModifier.ts';

const PREFIX = 'g';
const PREFIX_MILLIS = 1_500;

/** A key that is pressed after `g`. */
export interface Shortcut {
  readonly key: string;
  readonly run: () => void;
}

/** `g` and a key, as people know it; `/` goes to the first search field. Not while somebody types. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  // Once for all renders: one between two keys must not forget the first.
  useEffect(() => {
    let prefixedMillis = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent) => {
      if (isWithModifier(event) || isTyping(event.target)) return;
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
        return;
      }
      const isPrefixed = performance.now() - prefixedMillis < PREFIX_MILLIS;
      prefixedMillis = event.key === PREFIX && !isPrefixed ? performance.now() : Number.NEGATIVE_INFINITY;
      if (isPrefixed) latest.current.find(({ key }) => key === event.key)?.run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea, dialog *');
}
