/** Conditions that applications meet, from appendix A of PostgreSQL's manual. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['08001', 'sqlclient_unable_to_establish_sqlconnection'],
  ['08003', 'connection_does_not_exist'],
  ['08006', 'connection_failure'],
  ['08P01', 'protocol_violation'],
  ['22001', 'string_data_right_truncation'],
  ['22003', 'numeric_value_out_of_range'],
  ['22007', 'invalid_datetime_format'],
  ['22008', 'datetime_field_overflow'],
  ['22012', 'division_by_zero'],
  ['22021', 'character_not_in_repertoire'],
  ['22023', 'invalid_parameter_value'],
  ['22P02', 'invalid_text_representation'],
  ['22P03', 'invalid_binary_representation'],
  ['22P05', 'untranslatable_character'],
  ['23502', 'not_null_violation'],
  ['23503', 'foreign_key_violation'],
  ['23505', 'unique_violation'],
  ['23514', 'check_violation'],
  ['23P01', 'exclusion_violation'],
  ['25001', 'active_sql_transaction'],
  ['25006', 'read_only_sql_transaction'],
  ['25P02', 'in_failed_sql_transaction'],
  ['26000', 'invalid_sql_statement_name'],
  ['28000', 'invalid_authorization_specification'],
  ['28P01', 'invalid_password'],
  ['3D000', 'invalid_catalog_name'],
  ['3F000', 'invalid_schema_name'],
  ['40001', 'serialization_failure'],
  ['40P01', 'deadlock_detected'],
  ['42501', 'insufficient_privilege'],
  ['42601', 'syntax_error'],
  ['42702', 'ambiguous_column'],
  ['42703', 'undefined_column'],
  ['42704', 'undefined_object'],
  ['42804', 'datatype_mismatch'],
  ['42883', 'undefined_function'],
  ['42P01', 'undefined_table'],
  ['42P05', 'duplicate_prepared_statement'],
  ['42P07', 'duplicate_table'],
  ['42P18', 'indeterminate_datatype'],
  ['53100', 'disk_full'],
  ['53200', 'out_of_memory'],
  ['53300', 'too_many_connections'],
  ['55P03', 'lock_not_available'],
  ['57014', 'query_canceled'],
  ['57P01', 'admin_shutdown'],
  ['57P03', 'cannot_connect_now'],
  ['P0001', 'raise_exception'],
  ['P0002', 'no_data_found'],
  ['XX000', 'internal_error'],
]);

/** Whether a code has the form of a SQLSTATE. Codes of system errors (`EPIPE`) have no digit. */
export function isSqlState(code: string): boolean {
  return /^(?=.*\d)[0-9A-Z]{5}$/.test(code);
}

/** What a code means, as a sentence with the code in it. What has not the form of a code is not repeated. */
export function sqlStateName(code: string): string {
  const name = NAMES.get(code);
  if (name !== undefined) return `${name} (${code})`;
  return /^[0-9A-Z_]{1,40}$/.test(code) ? `PostgreSQL error ${code}` : 'PostgreSQL error (redacted)';
}
