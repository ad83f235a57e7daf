/** Sites beyond are forgotten, those first that were not asked for. */
const MOST_SITES = 500;

interface Site {
  readonly groups: Set<string>;
  /** The group of all messages that have none of their own. */
  readonly rest: string;
}

/**
 * Which groups each site has by what its errors say, up to a number of them.
 *
 * Words of a message that differ from one event to the next (`User ada not found`) cannot be told from words of the program by one
 * message. Many of them can: no place has that many things to say.
 */
export class MessageVariety {
  readonly #sites = new Map<string, Site>();
  readonly #groupOf: (site: string) => string;

  /** @param groupOf - the group of a site alone, whatever its errors say */
  constructor(groupOf: (site: string) => string) {
    this.#groupOf = groupOf;
  }

  /**
   * The group itself, if it is one of the first of its site, in this process: then it stays, as long as the site is remembered.
   * Else that of the site. Of 500 sites, those that were asked for last.
   */
  groupAt(site: string, group: string, most: number): string {
    const { groups, rest } = this.#siteOf(site);
    if (groups.has(group)) return group;
    if (groups.size >= most) return rest;
    groups.add(group);
    return group;
  }

  #siteOf(key: string): Site {
    const known = this.#sites.get(key);
    const site = known ?? { groups: new Set<string>(), rest: this.#groupOf(key) };
    this.#sites.delete(key);
    this.#sites.set(key, site);
    const first = this.#sites.size > MOST_SITES ? this.#sites.keys().next().value : undefined;
    if (first !== undefined) this.#sites.delete(first);
    return site;
  }
}
