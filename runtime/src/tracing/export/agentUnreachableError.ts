/** There is no way to the agent: its name has no address, or the system knows no route to that. `cause` says which. */
export class AgentUnreachableError extends Error {
  override readonly name = 'AgentUnreachableError';
  /** The agent, as text. */
  readonly destination: string;

  constructor(destination: string, cause: unknown) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(`there is no way to ${destination}: ${detail}; check the host's name and the network`, { cause });
    this.destination = destination;
  }
}
