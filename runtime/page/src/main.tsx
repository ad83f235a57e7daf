import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/table.css';
import './styles/charts.css';
import './styles/performance.css';
import './styles/overview.css';
import './styles/requests.css';
import './styles/errorEvent.css';
import './styles/errors.css';
import './styles/traces.css';
import './styles/waterfall.css';
import { render } from 'preact';
import { App } from './App.tsx';

const root = document.getElementById('page');
if (root) render(<App />, root);
