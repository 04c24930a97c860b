/**
 * British and American spellings of a word, both ways: by the rules under "American and British English
 * spelling differences" in style guides (New Hart's Rules, ch. 21), and the words that no rule covers.
 */

/** The suffixes after -is-/-iz-. */
const endings = "(e|es|ed|er|ers|ing|able|ation|ations|ational)";

/** A pattern whose second group is the part that differs, and the other spelling of that part. */
const rules: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^(.{2,})(is)${endings}$`), "iz"],
  [new RegExp(`^(.{2,})(iz)${endings}$`), "is"],
  [/^(.{2,})(ys)(e|es|ed|er|ers|ing)$/, "yz"],
  [/^(.{2,})(yz)(e|es|ed|er|ers|ing)$/, "ys"],
  [/^(.{2,})(our)(s|ed|ing|able|ably|ful|less|ite|ites|al|ally|hood|hoods|ist|ists|er|ers|y)?$/, "or"],
  [
    /^(.{2,}[^aeiou])(or)(s|ed|ing|able|ably|ful|less|ite|ites|al|ally|hood|hoods|ist|ists|er|ers|y)?$/,
    "our",
  ],
  [/^(.*[aeiouy].*[aeiou])(ll)(ed|ing|ings|er|ers|ation|ations|ous)$/, "l"],
  [/^(.*[aeiouy].*[aeiou])(l)(ed|ing|ings|er|ers|ation|ations|ous)$/, "ll"],
  [/^(.*[aeiouy].*[aeiou])(tt|pp|ss)(ed|ing)$/, "$half"],
  [/^(.*[aeiouy].*[aeiou])([tps])(ed|ing)$/, "$double"],
  [/^(.{2,}[bcdfgkptv])(re)(s|d)?$/, "er"],
  [/^(.{2,}[bcdfgkptv])(er)(s|ed)?$/, "$re"],
  [/^(.{2,})(ogue)(s|d)?$/, "og"],
  [/^(.{2,}[^o])(og)(s|ed)?$/, "ogue"],
  [/^(.{2,}[fenr])(ence|ense)(s|d|less|ive)?$/, "$sc"],
  [/^(.*[gkzv])(e)(ing|able|ment|ments)$/, ""],
  [/^(.*[aeiouy].*[gkzv])()(ing|able|ment|ments)$/, "e"],
];

/** Words with two spellings that no rule covers. A word may continue (`grey`, `greyscale`). */
const pairs: readonly (readonly [string, string])[] = (
  "grey gray sceptic skeptic artefact artifact mould mold plough plow sulph sulf aluminium aluminum " +
  "fulfil fulfill enrol enroll instalment installment distil distill skilful skillful wilful willful " +
  "programme program manoeuvr maneuver moustache mustache pyjama pajama tyre tire cheque check cosy cozy " +
  "jewellery jewelry practis practic licenc licens defenc defens offenc offens pretenc pretens " +
  "aeroplane airplane maths math storey story draught draft orientat orient towards toward speciality specialty " +
  "counsellor counselor woollen woolen axe ax smoulder smolder tonne ton kerb curb analogue analog"
)
  .split(" ")
  .flatMap((one, at, all) => (at % 2 === 0 ? [[one, all[at + 1] as string] as const] : []));

/**
 * Greek and Latin words in which American English drops the first letter of a ligature: anaemia, oestrogen.
 */
const ligature = /(?:ae|oe)(?=[bcdfglmnprstv])/g;

/** The other spellings of a normalized word, without the word itself. Some are not real words. */
export function spellingsOfWord(word: string): ReadonlySet<string> {
  const found = new Set<string>();
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return found;
  for (const one of [word, ...ruled(word)]) {
    if (one !== word) found.add(one);
    for (const two of ruled(one)) found.add(two);
  }
  for (const [one, other] of pairs) {
    if (word.startsWith(one)) found.add(other + word.slice(one.length));
    if (word.startsWith(other)) found.add(one + word.slice(other.length));
  }
  if (word.length >= 6 && ligature.test(word)) found.add(word.replace(ligature, "e"));
  ligature.lastIndex = 0;
  for (let at = word.length >= 5 ? word.indexOf("e") : -1; at >= 0; at = word.indexOf("e", at + 1)) {
    const isBeforeEnd = at < word.length - 2 && !/[aeiou]/.test(word[at + 1] as string);
    if (!isBeforeEnd || /[aeo]/.test(word[at - 1] ?? "")) continue;
    for (const letter of ["a", "o"]) found.add(word.slice(0, at) + letter + word.slice(at));
  }
  found.delete(word);
  return found;
}

function ruled(word: string): string[] {
  const found: string[] = [];
  for (const [pattern, other] of rules) {
    const match = pattern.exec(word);
    if (!match) continue;
    const [, before = "", part = "", after = ""] = match;
    found.push(...otherPart(other, part).map((one) => before + one + endingAfter(one, after)));
  }
  return found;
}

function otherPart(other: string, part: string): string[] {
  switch (other) {
    case "$half":
      return [part.slice(1)];
    case "$double":
      return [part + part];
    case "$re":
      return ["re"];
    case "$sc":
      return [part === "ence" ? "ense" : "ence"];
    default:
      return [other];
  }
}

/** "center" and "centred": the e is not doubled. */
function endingAfter(part: string, after: string): string {
  if (part === "er" && after === "d") return "ed";
  if (part === "re" && after === "ed") return "d";
  return after;
}
