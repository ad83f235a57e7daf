import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** What is that near to the part of the page that is seen is drawn already. */
const MARGIN = '300px 0px';

/** Draws what is inside while it is in sight: charts out of sight are neither asked for nor drawn. */
export function WhenInSight({ children }: { readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const [isInSight, setInSight] = useState(false);
  const heightPixels = useRef<number>(undefined);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        // The place keeps its height, so that nothing moves.
        if (!entry.isIntersecting && entry.boundingClientRect.height > 0)
          heightPixels.current = entry.boundingClientRect.height;
        setInSight(entry.isIntersecting);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const height = heightPixels.current === undefined || isInSight ? {} : { height: `${heightPixels.current}px` };
  return (
    <div ref={place} class="panel-place" style={height}>
      {isInSight ? children : null}
    </div>
  );
}
