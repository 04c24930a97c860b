import { clean } from "../../text/clean.js";

/** A name in the parts that bibliographies sort and shorten by, or whole where it has none. */
export type Name =
  | { readonly literal: string }
  | {
      readonly given: string;
      /** "van der", in lower case as it is written; often empty, as `given` and `suffix` are. */
      readonly particle: string;
      readonly family: string;
      readonly suffix: string;
    };

/** What a person's name is made of; single hyphens and apostrophes only inside, for TeX joins two. */
const letters = "\\p{L}\\p{M}.·";
const word = new RegExp(`^\\(?['’‘]?[${letters}]+(?:['’‘-][${letters}]+)*['’]?\\)?$`, "u");
/** Words that only what is no person is called by. */
const group =
  /(?:^|[ -])(?:AI|Academy|Association|Center|Centre|Collaboration|Committee|Community|Company|Consortium|Corporation|Council|Department|Foundation|Group|Inc\.?|Initiative|Institute|Lab|Labs|Laboratory|Network|Organi[sz]ation|Project|Research|Society|Team|Union|University)(?=$|[ -])/;
const particles =
  /^(?:af|al|av|bin|da|das|de|del|dela|della|den|der|des|di|do|dos|du|el|ibn|la|las|le|los|of|ten|ter|the|van|vom|von|y|zu|zum|zur|['’]t)$/;
/** The same where people write them with a capital: they begin the family name. */
const capitals = /^(?:Da|De|Del|Della|Den|Der|Di|Dos|Du|La|Las|Los|Ten|Ter|Van|Von)$/;
const suffixes = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** Names that are written family name first, without saying where it ends. */
const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul} ·]+$/u;

/**
 * A name as papers have it, "First Last", in its parts: the last word is the family name, with the
 * particles before it ("van der Berg"); a suffix ("Jr.", "III") stands behind. Names of one word, of
 * groups and companies, in East Asian script or with other characters than names have are literal.
 * Given name, particle, family name and suffix, in that order, are always the name again.
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
  // Behind a comma these would be taken for one another.
  const isUnclear = suffixes.test(family) || suffixes.test(given) || (given === "" && hasSuffix);
  return isUnclear ? { literal } : { given, particle, family, suffix: words[suffixAt] ?? "" };
}
