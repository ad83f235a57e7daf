import { DEFAULT_PROPAGATORS, PROPAGATOR_NAMES, type PropagatorName } from '../../context/propagatorName.ts';
import { INSTRUMENTATION_NAMES } from '../../instrumentation/instrumentationName.ts';
import { DEFAULT_LOG_LIBRARIES, LOG_LIBRARIES, type LogLibrary } from '../../logs/logLibrary.ts';
import { INSTRUMENTATION_LIST, JAEGER_PROPAGATION } from '../kinds/nameKinds.ts';
import { kind, refuse, take } from '../kinds/reading.ts';
import type { Setting, SettingWithDefault } from './setting.ts';
import { isRecord } from '../../../core/isRecord.ts';
import { list, names, STRICT_BOOLEAN } from '../kinds/valueKinds.ts';

const LIST = 'comma-separated; `none` for none';

/** The setting `propagators`. */
export const PROPAGATORS: SettingWithDefault<readonly PropagatorName[]> = {
  option: 'propagators',
  about: 'The formats in which trace context and baggage travel. `b3-extract` is read and never written.',
  kind: list(names(PROPAGATOR_NAMES)),
  variables: [
    { name: 'OTEL_PROPAGATORS', note: LIST },
    { name: 'JAEGER_PROPAGATION', kind: JAEGER_PROPAGATION, note: '`jaeger`, `b3`, `w3c`' },
  ],
  fallback: DEFAULT_PROPAGATORS,
};

/** The setting `instrumentations`. */
export const INSTRUMENTATIONS: SettingWithDefault<readonly string[]> = {
  option: 'instrumentations',
  about:
    'The libraries to instrument, and packages with instrumentations of others. `koa` is ' +
    '`@opentelemetry/instrumentation-koa`, which the application depends on; `default` is all that the runtime knows.',
  kind: INSTRUMENTATION_LIST,
  variables: [{ name: 'TRACEWRIGHT_INSTRUMENTATIONS', note: LIST }],
  fallback: INSTRUMENTATION_NAMES,
};

/** The setting `logCorrelation`. */
export const LOG_CORRELATION: SettingWithDefault<readonly LogLibrary[]> = {
  option: 'logCorrelation',
  about: 'The ways of logging whose lines get the IDs of the active span.',
  kind: list(names(LOG_LIBRARIES)),
  variables: [{ name: 'TRACEWRIGHT_LOG_CORRELATION', note: LIST }],
  fallback: DEFAULT_LOG_LIBRARIES,
};

/** The setting `ignoreIncomingPaths`. */
export const IGNORE_INCOMING_PATHS: SettingWithDefault<readonly string[]> = {
  option: 'ignoreIncomingPaths',
  about:
    'Paths of incoming requests that make no spans, nor does anything done to answer them; `/path/*` for all beneath one.',
  kind: list({
    allowed: 'paths that begin with / and have no query',
    read: (path) => (/^\/[^?#]*$/.test(path) ? take(path) : refuse()),
  }),
  variables: [{ name: 'TRACEWRIGHT_IGNORE_PATHS', note: LIST }],
  // What Kubernetes' probes and Prometheus usually ask for.
  fallback: ['/healthz', '/livez', '/metrics', '/readyz', '/startupz'],
};

/** The setting `crashRecordFile`. */
export const CRASH_RECORD_FILE: Setting<string | false> = {
  option: 'crashRecordFile',
  about: 'The file that a crash is recorded in, to be reported at the next start.',
  kind: {
    allowed: 'the path of a file, or false for none',
    fromValue: (value) => (value === false || (typeof value === 'string' && value !== '') ? take(value) : refuse()),
    fromText: (path) => take(path === 'none' ? false : path),
  },
  variables: [{ name: 'TRACEWRIGHT_CRASH_RECORD_FILE', note: '`none` for none' }],
  fallbackText: '`tracewright-crash-<service>.json` in the directory for temporary files',
};

/** The setting `handleSignals`. */
export const HANDLE_SIGNALS: SettingWithDefault<boolean> = {
  option: 'handleSignals',
  about:
    'Whether SIGTERM and SIGINT flush what is waiting; without a listener of the application, the process then ends.',
  kind: STRICT_BOOLEAN,
  variables: ['TRACEWRIGHT_HANDLE_SIGNALS'],
  fallback: true,
};

/** The setting `stackOutputs`. */
export const STACK_OUTPUTS: Setting<unknown> = {
  option: 'stackOutputs',
  about: "The stack's outputs, or the path of a JSON file that holds them (`pulumi stack output --json`).",
  kind: kind('the object that `pulumi stack output --json` prints, or the path of a file that holds it', (value) =>
    typeof value === 'string' || isRecord(value) ? take(value) : refuse(),
  ),
  variables: [{ name: 'TRACEWRIGHT_STACK_OUTPUTS_FILE', note: 'a path' }],
  fallbackText: 'none',
};

/** The setting `onError`. */
export const ON_ERROR: Setting<unknown> = {
  option: 'onError',
  about:
    'Told of lost spans, for each reason at the first loss and then in sum at most once a minute, and of what else goes wrong.',
  kind: kind('a function', (value) => (typeof value === 'function' ? take(value) : refuse())),
  variables: [],
  fallbackText: 'process warnings: of all lost spans that it is told of, of everything else at most one a minute',
};
