/** Words next to which a quoted text is a name of code or schema, and not a value: in lower case. */
export const codeNouns: ReadonlySet<string> = new Set(
  (
    'reading setting property argument arguments column relation table constraint index type function method option ' +
    'parameter module package extension schema database field attribute header variable keyword export named operator ' +
    'enum directive plugin hook'
  ).split(' '),
);

/** Words after which a number of up to three digits is a code: in lower case. */
export const codeLeads: ReadonlySet<string> = new Set(
  'code status http error errno sqlstate exit statuscode'.split(' '),
);

/** Words after which a number is an HTTP status if it can be one: in lower case. */
export const statusLeads: ReadonlySet<string> = new Set('failed with responded returned answered got'.split(' '));

/** What follows a number and is part of it: in lower case. */
export const units: ReadonlySet<string> = new Set(
  (
    'ms msec msecs millisecond milliseconds s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day ' +
    'days week weeks b byte bytes k kb mb gb tb kib mib gib tib am pm gmt utc'
  ).split(' '),
);

/** Days and months, as dates written out name them. */
export const calendarWords: ReadonlySet<string> = new Set(
  (
    'Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr May Jun Jul Aug ' +
    'Sep Sept Oct Nov Dec January February March April June July August September October November December'
  ).split(' '),
);
