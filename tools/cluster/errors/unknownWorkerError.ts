/** Thrown when what was named is no worker that runs. */
export class UnknownWorkerError extends Error {
  override readonly name = 'UnknownWorkerError';
  readonly cluster: string;
  readonly worker: string;

  constructor(cluster: string, worker: string, running: readonly string[]) {
    const which = running.length === 0 ? 'It has none that runs' : `Use one of ${running.join(', ')}`;
    super(
      `${JSON.stringify(worker)} is no worker of cluster "${cluster}" that runs. ${which}. ` +
        'The first node holds the API and can only be ended with "down".',
    );
    this.cluster = cluster;
    this.worker = worker;
  }
}
