import { escapedHelp, escapedValue } from './escapedText.ts';
import type { MetricFamily } from './metricFamilies.ts';

/** What tells the formats apart. */
export interface ExpositionFormat {
  readonly contentType: string;
  /** Whether the format is OpenMetrics: the one with exemplars. */
  readonly isOpenMetrics: boolean;
  /** What stands before the samples of a family. */
  readonly header: (family: MetricFamily) => string;
  /** What stands before the labels of the resource. */
  readonly targetHeader: string;
  /** What stands at the end of all. */
  readonly end: string;
}

/** Prometheus' own text, version 0.0.4. */
export const PROMETHEUS_TEXT: ExpositionFormat = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  isOpenMetrics: false,
  header: ({ name, type, help }) => {
    const sample = type === 'counter' ? `${name}_total` : name;
    return `${help === '' ? '' : `# HELP ${sample} ${escapedHelp(help)}\n`}# TYPE ${sample} ${type}\n`;
  },
  targetHeader: '# HELP target_info What was scraped.\n# TYPE target_info gauge\n',
  end: '',
};

/** OpenMetrics, version 1.0.0. */
export const OPEN_METRICS: ExpositionFormat = {
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  isOpenMetrics: true,
  header: ({ name, type, unit, help }) => {
    const unitLine = unit === '' ? '' : `# UNIT ${name} ${unit}\n`;
    return `${help === '' ? '' : `# HELP ${name} ${escapedValue(help)}\n`}# TYPE ${name} ${type}\n${unitLine}`;
  },
  targetHeader: '# HELP target What was scraped.\n# TYPE target info\n',
  end: '# EOF\n',
};
