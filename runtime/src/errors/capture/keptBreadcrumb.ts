import { isoTime } from '../../core/isoTime.ts';
import type { Breadcrumb } from '../capturedError.ts';
import type { ErrorProperty } from '../errorFacts.ts';
import { NO_PROPERTIES } from './plainProperties.ts';

/** Takes out of breadcrumbs what must not be shown; what has been cleaned stays as it is. */
export interface BreadcrumbCleaner {
  readonly message: (message: string) => string;
  readonly data: (data: object) => Readonly<Record<string, ErrorProperty>>;
}

/** What is said of a breadcrumb at once. */
export interface NotedBreadcrumb {
  readonly atMillis: number;
  readonly kind: string;
  /** The trace or request that it happened in. */
  readonly scope: string | undefined;
}

/** A breadcrumb as it came. Most are never shown: the rest is done when one is. */
export class KeptBreadcrumb {
  readonly noted: NotedBreadcrumb;
  #message: string;
  #data: object;
  #properties: Readonly<Record<string, ErrorProperty>> = NO_PROPERTIES;
  #isClean = false;
  #shown: Breadcrumb | undefined;

  /** @param data - nobody changes it any more */
  constructor(noted: NotedBreadcrumb, message: string, data: object) {
    this.noted = noted;
    this.#message = message;
    this.#data = data;
  }

  get isClean(): boolean {
    return this.#isClean;
  }

  /** What came is not kept any more. */
  clean({ message, data }: BreadcrumbCleaner): void {
    if (this.#isClean) return;
    this.#message = message(this.#message);
    this.#properties = data(this.#data);
    this.#data = NO_PROPERTIES;
    this.#isClean = true;
  }

  shown(cleaner: BreadcrumbCleaner): Breadcrumb {
    this.clean(cleaner);
    this.#shown ??= Object.freeze({
      at: isoTime(this.noted.atMillis),
      kind: this.noted.kind,
      message: this.#message,
      ...(this.#properties !== NO_PROPERTIES && { data: this.#properties }),
    });
    return this.#shown;
  }
}
