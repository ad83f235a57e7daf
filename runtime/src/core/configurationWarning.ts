/** Something in the configuration that is no reason to refuse it, and hardly meant so. */
export class ConfigurationWarning extends Error {
  override readonly name = 'ConfigurationWarning';
}
