import type { RuleSet } from '../classification.ts';
import { classificationOf, codeTable, prefixTable } from '../codeTable.ts';
import { TRPC_CODES } from '../tables/serviceCodes.ts';
import { BODY_ERROR_TYPES, FASTIFY_CODES, FASTIFY_PREFIXES, UPLOAD_PREFIXES } from '../tables/webCodes.ts';

/**
 * What a query of GraphQL is refused for before any of it is carried out.
 *
 * Source: graphql, src/error/syntaxError.ts, src/validation/rules and src/execution/values.ts.
 */
const BAD_QUERY =
  /^(?:Syntax Error|Cannot query field|Unknown (?:argument|type|directive|fragment|operation)|Variable "\$|Expected (?:type|value of type)|Field "[^"]{1,200}" (?:argument|of type|must|is not defined))/;

/** What web frameworks and the readers of bodies refuse. */
export function webRules(): RuleSet {
  const codes = codeTable('web.fastify', FASTIFY_CODES);
  const prefix = prefixTable('web.fastify', FASTIFY_PREFIXES);
  const upload = prefixTable('web.upload', UPLOAD_PREFIXES);
  const types = codeTable('web.body', BODY_ERROR_TYPES);
  const trpc = codeTable('web.trpc', TRPC_CODES);
  const query = classificationOf('validation', 'web.graphql');
  return ({ type: name, code, message, properties }) => {
    if (name === 'GraphQLError' && BAD_QUERY.test(message)) return query;
    if (name === 'TRPCError' && code !== undefined) return trpc.get(code);
    const { type } = properties;
    const told = typeof type === 'string' ? types.get(type) : undefined;
    return told ?? (code === undefined ? undefined : (codes.get(code) ?? prefix(code) ?? upload(code)));
  };
}
