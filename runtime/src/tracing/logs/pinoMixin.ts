import { currentLogFields, type LogFields } from './currentLogFields.ts';

/**
 * Gives the lines of a pino logger the fields of the active span: `pino({ mixin: pinoMixin })`. Lines outside a span
 * stay as they are.
 *
 * For bundled applications, whose pino no hook can reach; elsewhere pino's lines have the fields by themselves. What the
 * line itself says under the same name wins.
 */
export function pinoMixin(): Partial<LogFields> {
  return currentLogFields() ?? {};
}
