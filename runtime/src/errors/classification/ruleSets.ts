import type { RuleSet } from './classification.ts';
import type { Origins } from './origins.ts';
import { awsRules } from './rules/awsRules.ts';
import { brokerRules } from './rules/brokerRules.ts';
import { httpClientRules } from './rules/httpClientRules.ts';
import { businessRules } from './rules/businessRules.ts';
import { classRules } from './rules/classRules.ts';
import { contextRules } from './rules/contextRules.ts';
import { bareSqlStateRules, mongoRules, redisRules, searchRules, sqlRules } from './rules/databaseRules.ts';
import { grpcRules } from './rules/grpcRules.ts';
import { defectRules, languageRules } from './rules/languageRules.ts';
import { mailRules } from './rules/mailRules.ts';
import { nameRules } from './rules/nameRules.ts';
import { nodeRules } from './rules/nodeRules.ts';
import { packageRules } from './rules/packageRules.ts';
import { serviceRules } from './rules/serviceRules.ts';
import { messageStatusRules, statusRules } from './rules/statusRules.ts';
import { systemMessageRules, systemRules } from './rules/systemRules.ts';
import { tokenRules } from './rules/tokenRules.ts';
import { webRules } from './rules/webRules.ts';

/** The rules that are built in: the surest together first, and of those together the more special ones first. */
export function ruleSets(origins: Origins): readonly (readonly RuleSet[])[] {
  return [
    [
      sqlRules(),
      redisRules(),
      mongoRules(),
      searchRules(),
      awsRules(),
      brokerRules(),
      systemRules(),
      mailRules(),
      serviceRules(),
      tokenRules(),
      httpClientRules(),
      webRules(),
      grpcRules(),
      nodeRules(),
      classRules(),
      defectRules(),
    ],
    [
      bareSqlStateRules(),
      statusRules(origins),
      messageStatusRules(),
      systemMessageRules(),
      packageRules(origins),
      nameRules(),
    ],
    [contextRules(), languageRules()],
    [businessRules()],
  ];
}
