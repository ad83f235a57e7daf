/**
 * Groups that are let go of together where there is no room, those that go first first: resolved ones of which nothing was
 * noted; those that came a few times; those that came often; those that somebody has done something with.
 */
export type GroupRank = 'resolved' | 'few' | 'many' | 'touched';

/** From how many errors on a group came often. */
export const MANY_ERRORS = 100;

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** For how long a group that is not seen, nor changed, stays before others. Otherwise what was once would hold all room. */
export const RANK_KEPT_MILLIS: Readonly<Record<Exclude<GroupRank, 'resolved'>, number>> = {
  few: 0,
  many: DAY_MILLIS,
  touched: 30 * DAY_MILLIS,
};
