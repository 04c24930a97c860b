/** Abbreviations after which a sentence always goes on; in lower case, without the last full stop. */
export const neverLast: ReadonlySet<string> = new Set(
  (
    "e.g i.e eg ie cf vs viz resp approx ca c.f w.r.t wrt s.t a.k.a aka esp incl excl fig figs eq eqs eqn eqns sec " +
    "secs sect ref refs tab tabs thm lem prop def cor alg app appx ch chap vol vols pp dr prof mr mrs ms st mt " +
    "gen rev hon messrs ed eds trans ver nos art nr"
  ).split(" "),
);

/** Abbreviations that are words too, or end a sentence as well: not the last word before a number. */
export const beforeNumbers: ReadonlySet<string> = new Set(
  (
    "no nos p n v jan feb mar apr may jun jul aug sep sept oct nov dec " +
    "fig figs eq eqs sec ref refs tab ch vol pp app art vers version par"
  ).split(" "),
);

/** Abbreviations that may end a sentence: they do before a word that begins one. */
export const mayBeLast: ReadonlySet<string> = new Set(
  "etc al inc ltd corp co jr sr bros i.i.d iid a.m p.m ph.d m.d b.sc m.sc dept univ int natl conf proc j est".split(
    " ",
  ),
);

/** Names that are written with an exclamation mark. */
export const exclaimed: ReadonlySet<string> = new Set(["yahoo", "jeopardy", "oh", "guess"]);

/** Words that begin a sentence in abstracts, and hardly ever go on after an abbreviation. */
export const beginners: ReadonlySet<string> = new Set(
  (
    "we our the this these those that it its they their there here in on at to for from by with without within " +
    "under over across through since after before while when where whether as although though however moreover " +
    "furthermore additionally finally specifically notably thus therefore hence consequently instead indeed " +
    "also then first second third next last recently currently existing previous prior many most some such both " +
    "each all no not one two three if because despite given using unlike beyond overall together extensive " +
    "experiments results experimental empirically theoretically code codes data an a what why how can is are do " +
    "does and but or so yet you i he she extensively meanwhile nevertheless nonetheless compared building based " +
    "evaluation evaluations project other another several through throughout similarly conversely importantly"
  ).split(" "),
);
