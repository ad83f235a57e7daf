import { createRequire } from 'node:module';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import type { Dispose } from '../../../core/hostProcess.ts';

/** The file of winston that has the class of its loggers; it is CommonJS, also where winston is imported. */
const FILE = 'winston/lib/winston/logger.js';
const VERSIONS = ['>=3 <4'];

/**
 * Gives the class of loggers of every copy of winston 3: of those that this process has loaded, and those that it loads.
 *
 * @returns ends it; what was done with the classes is the caller's to undo
 */
export function findWinston(found: (loggerClass: unknown) => void): Dispose {
  const hook = new WinstonHook(found);
  for (const loggerClass of loadedClasses()) found(loggerClass);
  return () => hook.disable();
}

/** Calls of the constructor of the base come before fields are there: the listener is in the configuration. */
interface HookConfig {
  readonly enabled: boolean;
  readonly found: (loggerClass: unknown) => void;
}

class WinstonHook extends InstrumentationBase<HookConfig> {
  constructor(found: (loggerClass: unknown) => void) {
    super('tracewright.errors.winston', '1', { enabled: true, found });
  }

  protected init(): InstrumentationNodeModuleDefinition {
    const { found } = this.getConfig();
    const patch = (loggerClass: unknown): unknown => {
      found(loggerClass);
      return loggerClass;
    };
    const file = new InstrumentationNodeModuleFile(FILE, VERSIONS, patch, () => undefined);
    return new InstrumentationNodeModuleDefinition('winston', VERSIONS, undefined, undefined, [file]);
  }
}

function loadedClasses(): readonly unknown[] {
  const { cache } = createRequire(import.meta.url);
  return Object.entries(cache).flatMap(([path, loaded]): unknown[] =>
    path.replaceAll('\\', '/').endsWith(`/node_modules/${FILE}`) ? [loaded?.exports] : [],
  );
}
