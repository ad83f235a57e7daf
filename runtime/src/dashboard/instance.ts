/** One replica of an application: what every number on the page belongs to. */
export interface Instance {
  /** Tells replicas apart; the resource's `service.instance.id`, else name of the machine and number of the process. */
  readonly id: string;
  /** `service.name`. */
  readonly service: string;
  /** `service.version`, where it is known. */
  readonly version?: string;
  /** `deployment.environment.name`, where it is known. */
  readonly environment?: string;
  /** Name of the machine; in Kubernetes, of the pod. */
  readonly hostName: string;
  readonly pid: number;
  /** Since when it counts: milliseconds since 1970. */
  readonly sinceMillis: number;
}
