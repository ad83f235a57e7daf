/** Why the name of an instrumentation cannot be used; the message is the end of a sentence. */
export class UnusableInstrumentation extends Error {
  override readonly name = 'UnusableInstrumentation';
}
