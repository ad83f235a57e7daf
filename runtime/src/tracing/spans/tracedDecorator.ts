import type { AnyClass, AnyFunction } from './anyFunction.ts';

/** What `@traced()` is: a decorator of both kinds, standard and legacy (`experimentalDecorators`). */
export interface TracedDecorator {
  /** Standard: methods, getters and setters, static and private ones too. */
  <F extends AnyFunction>(
    target: F,
    context: ClassMethodDecoratorContext | ClassGetterDecoratorContext | ClassSetterDecoratorContext,
  ): F;
  /** Standard: `accessor` fields. Reading and writing them is traced. */
  <This, Value>(
    target: ClassAccessorDecoratorTarget<This, Value>,
    context: ClassAccessorDecoratorContext<This, Value>,
  ): ClassAccessorDecoratorResult<This, Value>;
  /** Standard: fields. What they hold first is traced if it is a function. */
  <This, Value>(
    target: undefined,
    context: ClassFieldDecoratorContext<This, Value>,
  ): (this: This, initial: Value) => Value;
  /** Standard: classes, all methods of which are traced. */
  (target: AnyClass, context: ClassDecoratorContext): void;
  /** Legacy: methods, getters and setters. */
  <T>(
    owner: object,
    key: string | symbol,
    descriptor?: TypedPropertyDescriptor<T>,
  ): TypedPropertyDescriptor<T> | undefined;
  /** Legacy: classes, all methods of which are traced. By hand, functions too. */
  <F extends AnyClass | AnyFunction>(target: F): F;
}
