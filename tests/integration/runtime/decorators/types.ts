import { tag } from '../../../../runtime/src/tracing/spans/tag.ts';
import { traced } from '../../../../runtime/src/tracing/spans/traced.ts';
import { withSpan } from '../../../../runtime/src/tracing/spans/withSpan.ts';

// Never run: what has to compile, and what must not, in the eyes of a caller with standard and with legacy decorators.

interface Order {
  readonly id: number;
}

function pick(key: string): string;
function pick(key: number): number;
function pick(key: string | number): string | number {
  return key;
}

/** A traced function has the type of the function, generics and overloads and all. */
export function typesOfFunctions(): void {
  const identity = traced(<T>(value: T): T => value);
  const text: string = identity('a');
  const number: number = identity(1);
  // @ts-expect-error -- a number comes back as a number
  const wrong: string = identity(1);

  const picked = traced('pick', pick);
  const pickedText: string = picked('a');
  const pickedNumber: number = picked(1);
  // @ts-expect-error -- there is no such overload
  picked(true);

  const bound = traced(function name(this: Order, suffix: string): string {
    return `${this.id}${suffix}`;
  });
  const called: string = bound.call({ id: 1 }, 'x');
  // @ts-expect-error -- it needs its this
  bound('x');

  const later: Promise<number> = traced(async (order: Order) => Promise.resolve(order.id))({ id: 1 });
  const steps: Generator<number, string> = traced(function* () {
    yield 1;
    return 'done';
  })();
  const withProperty = traced(Object.assign(() => 1, { version: 2 }));
  const version: number = withProperty.version;

  tag('types', [text, number, wrong, pickedText, pickedNumber, called, later, steps, version]);
}

/** Hooks know the arguments, the `this` and the result of the function. */
export function typesOfOptions(): void {
  traced((order: Order) => order.id, {
    name: ([order]) => (order.id > 1 ? 'large' : 'small'),
    attributes: ([order]) => ({ id: order.id }),
    result: (id) => ({ next: id + 1 }),
  });
  traced(async (order: Order) => Promise.resolve(order.id), { result: (id) => ({ next: id + 1 }) });
  traced(
    function* (order: Order) {
      yield order.id;
      return 'done';
    },
    { result: (text) => ({ text: text.toUpperCase() }) },
  );
  traced(
    function (this: Order) {
      return this.id;
    },
    { attributes: (_args, self) => ({ id: self.id }) },
  );
  // @ts-expect-error -- an order has no such property
  traced((order: Order) => order.id, { attributes: ([order]) => ({ id: order.none }) });
  // @ts-expect-error -- there is no such option
  traced(() => 1, { nmae: 'x' });
  // @ts-expect-error -- it is one or the other
  traced(() => 1, { callback: 'first' });
  // @ts-expect-error -- it is no function
  traced('name', 5);
}

/** A traced class is the class. */
export function typesOfClasses(): void {
  const Point = traced(
    class {
      readonly x: number;

      constructor(x: number) {
        this.x = x;
      }

      static origin(): number {
        return 0;
      }
    },
  );
  const x: number = new Point(1).x + Point.origin();
  // @ts-expect-error -- it takes a number
  new Point('1');
  abstract class Shape {
    abstract area(): number;
  }
  traced('Shape', Shape, { attributes: { kind: 'shape' } });
  tag('x', x);
}

/** Decorated members keep their types. */
export class Decorated {
  @traced()
  static made(): number {
    return 1;
  }

  @traced({ attributes: ([order]: [Order]) => ({ id: order.id }) })
  id<T extends Order>(order: T): T {
    return order;
  }

  @traced('later')
  async later(count: number): Promise<number> {
    return Promise.resolve(count);
  }

  @traced()
  get size(): number {
    return 1;
  }

  // @ts-expect-error -- a name is a text
  @traced(5)
  wrong(): void {
    return;
  }
}

/** `withSpan` gives what its work gives. */
export function typesOfWithSpan(): void {
  const number: number = withSpan('work', () => 1);
  const later: Promise<string> = withSpan('work', { root: true }, async (span) =>
    Promise.resolve(span.spanContext().traceId),
  );
  const kept: Order = new Decorated().id({ id: 1, more: true });
  // @ts-expect-error -- it gives a number
  const wrong: string = withSpan('work', () => 1);
  tag({ number, later, wrong, kept: kept.id, made: Decorated.made(), size: new Decorated().size });
}
