import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isRecord } from '../isRecord.ts';

/** Browsers refuse who tells them of every pixel. */
const SETTLED_MILLIS = 100;

/** What whoever is at work in the list does: it is not moved any more then. */
const TAKEN_OVER = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const;

/**
 * Keeps with the entry of the browser's history how far a list was scrolled: who looks at a row and goes back is where they
 * were. Where fewer rows are there than then, it goes on as more come.
 *
 * @param name tells lists of a view apart
 * @param isWhole whether all rows are there
 */
export function useKeptPlace(
  scroller: { readonly current: HTMLElement | null },
  { name, count, isWhole }: { readonly name: string; readonly count: number; readonly isWhole: boolean },
): void {
  const wanted = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    wanted.current = keptPlaces()[name];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fragment = location.hash;
    const keep = () => {
      // The browser may be elsewhere already.
      if (wanted.current !== undefined || !isSameView(fragment)) return;
      history.replaceState({ ...stateOfEntry(), places: { ...keptPlaces(), [name]: element.scrollTop } }, '');
    };
    const scrolled = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, SETTLED_MILLIS);
    };
    const takeOver = () => (wanted.current = undefined);
    element.addEventListener('scroll', scrolled);
    for (const type of TAKEN_OVER) element.addEventListener(type, takeOver, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', scrolled);
      for (const type of TAKEN_OVER) element.removeEventListener(type, takeOver);
    };
  }, [scroller, name]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || wanted.current === undefined) return;
    element.scrollTop = wanted.current;
    if (isWhole || Math.abs(element.scrollTop - wanted.current) < 1) wanted.current = undefined;
  }, [scroller, name, count, isWhole]);
}

/** Filters change in the place; what stands before the question mark is another view, or a row of this one. */
function isSameView(fragment: string): boolean {
  return location.hash.split('?')[0] === fragment.split('?')[0];
}

/** What is kept with the entry of the history, by whomever. */
function stateOfEntry(): Readonly<Record<string, unknown>> {
  return isRecord(history.state) ? history.state : {};
}

function keptPlaces(): Readonly<Record<string, number>> {
  const { places } = stateOfEntry();
  if (!isRecord(places)) return {};
  return Object.fromEntries(
    Object.entries(places).filter((kept): kept is [string, number] => typeof kept[1] === 'number'),
  );
}
