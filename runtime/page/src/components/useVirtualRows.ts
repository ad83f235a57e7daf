import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

/** Which rows of many are in sight, of a height that is the same for all. Rows lie in an element as high as all of them. */
export function useVirtualRows(
  scroller: { readonly current: HTMLDivElement | null },
  count: number,
  rowPixels: number,
): Virtualizer<HTMLDivElement, HTMLDivElement> {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const kept = useRef<Virtualizer<HTMLDivElement, HTMLDivElement>>(undefined);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => draw(undefined),
  };
  const virtualizer = (kept.current ??= new Virtualizer<HTMLDivElement, HTMLDivElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}
