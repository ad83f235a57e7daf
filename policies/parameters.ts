interface Described<Value> {
  /** What it is, with its unit, as a sentence. */
  readonly description: string;
  readonly default: Value;
}

interface NumberParameter extends Described<number> {
  readonly type: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum?: number;
}

interface TextParameter extends Described<string> {
  readonly type: 'string';
  /** `regex`: a regular expression; `quantity`: a Kubernetes quantity. */
  readonly format?: 'regex' | 'quantity';
  readonly enum?: readonly string[];
}

interface SwitchParameter extends Described<boolean> {
  readonly type: 'boolean';
}

interface ListParameter extends Described<readonly string[]> {
  readonly type: 'array';
  readonly items: { readonly type: 'string'; readonly format?: 'regex'; readonly minLength?: number };
}

/** The JSON schema of a parameter. */
export type ParameterSchema = NumberParameter | TextParameter | SwitchParameter | ListParameter;

/** The parameters of a rule, by name. */
export type ParameterSchemas = Readonly<Record<string, ParameterSchema>>;

/** The values of parameters, by their schemas. */
export type ParametersOf<Schemas extends ParameterSchemas> = {
  readonly [Name in keyof Schemas]: Schemas[Name] extends NumberParameter
    ? number
    : Schemas[Name] extends SwitchParameter
      ? boolean
      : Schemas[Name] extends ListParameter
        ? readonly string[]
        : string;
};

/** What parameters are where no configuration says otherwise. */
export function defaultParameters(schemas: ParameterSchemas): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default]));
}
