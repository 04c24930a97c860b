import { clean } from "../../text/clean.js";

/** A name in the parts that bibliographies sort and abbreviate by, or a literal name. */
export type Name =
  | { readonly literal: string }
  | {
      readonly given: string;
      /** "van der", in lower case; often empty, like `given` and `suffix`. */
      readonly particle: string;
      readonly family: string;
      readonly suffix: string;
    };

/** The characters of a person's name; hyphens and apostrophes only singly and inside, because TeX joins two. */
const letters = "\\p{L}\\p{M}.·";
const word = new RegExp(`^\\(?['’‘]?[${letters}]+(?:['’‘-][${letters}]+)*['’]?\\)?$`, "u");
/** Words that only names of groups contain; at the beginning, AI is initials: "AI Ivanov". */
const group =
  /[ -]AI(?=$|[ -])|(?:^|[ -])(?:Academy|Association|Center|Centre|Collaboration|Committee|Community|Company|Consortium|Corporation|Council|Department|Foundation|Group|Inc\.?|Initiative|Institute|Lab|Labs|Laboratory|Network|Organi[sz]ation|Project|Research|Society|Team|Union|University)(?=$|[ -])/;
const particles =
  /^(?:af|al|av|bin|da|das|de|del|dela|della|den|der|des|di|do|dos|du|el|ibn|la|las|le|los|of|ten|ter|the|van|vom|von|y|zu|zum|zur|['’]t)$/;
/** The same particles with a capital: they begin the family name. */
const capitals = /^(?:Da|De|Del|Della|Den|Der|Di|Dos|Du|La|Las|Los|Ten|Ter|Van|Von)$/;
const suffixes = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** Scripts with the family name first and no separator. */
const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul} ·]+$/u;

/**
 * Splits a name "First Last": the last word is the family name, with the particles before it ("van der Berg");
 * a suffix ("Jr.", "III") comes last. Names of one word, of groups and companies, in East Asian script or with
 * unusual characters are literal. Given name, particle, family name and suffix, in that order, always give the
 * name again.
 */
export function nameParts(name: string): Name {
  const literal = clean(name);
  const words = literal.split(" ");
  const isPerson = words.length > 1 && words.every((one) => word.test(one) && !/^and$/i.test(one));
  if (!isPerson || group.test(literal) || /^the /i.test(literal) || eastAsian.test(literal)) {
    return { literal };
  }
  const hasSuffix = words.length > 2 && suffixes.test(words.at(-1) as string);
  const suffixAt = hasSuffix ? words.length - 1 : words.length;
  let familyAt = suffixAt - 1;
  while (familyAt > 1 && capitals.test(words[familyAt - 1] as string)) familyAt -= 1;
  let particleAt = familyAt;
  while (particleAt > 0 && particles.test(words[particleAt - 1] as string)) particleAt -= 1;
  const given = words.slice(0, particleAt).join(" ");
  const particle = words.slice(particleAt, familyAt).join(" ");
  const family = words.slice(familyAt, suffixAt).join(" ");
  // After a comma these would be mistaken for each other.
  const isUnclear = suffixes.test(family) || suffixes.test(given) || (given === "" && hasSuffix);
  return isUnclear ? { literal } : { given, particle, family, suffix: words[suffixAt] ?? "" };
}
