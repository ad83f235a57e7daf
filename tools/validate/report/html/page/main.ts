import 'uplot/dist/uPlot.min.css';
import './page.css';
import { drawPlot } from './drawPlot.ts';

const scheme = matchMedia('(prefers-color-scheme: dark)');
const print = matchMedia('print');

for (const figure of document.querySelectorAll<HTMLElement>('figure.plot')) {
  let drawn = drawPlot(figure);
  // A canvas keeps the colours that it was drawn with.
  const again = (): void => {
    drawn?.destroy();
    drawn = drawPlot(figure);
  };
  scheme.addEventListener('change', again);
  print.addEventListener('change', again);
}
