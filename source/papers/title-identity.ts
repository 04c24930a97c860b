import { familyName } from "./family-name.js";

const prefix = "title:";

/** Whether an identity is made of a title. */
export function isTitleId(id: string): boolean {
  return id.startsWith(prefix);
}

/**
 * `title:` and the title's words in lower case, joined by hyphens, without accents, punctuation and TeX
 * commands, so that typesetting does not matter. Letters of every script count; a title without letters keeps
 * its signs. This is the beginning of `titleIdentity`, and was the whole identity in earlier versions.
 */
export function titleId(title: string): string {
  return title.includes("\\") ? formerTitleId(withoutTex(title)) : formerTitleId(title);
}

/** As `titleId`, but with the names of TeX commands as words, as in journals of earlier versions. */
export function formerTitleId(title: string): string {
  // Most titles are ASCII, with nothing to decompose.
  const words = /[^\0-\x7f]/.test(title)
    ? title
        .normalize("NFKD")
        .replace(/\p{M}+/gu, "")
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
    : title.toLowerCase().match(/[a-z0-9]+/g);
  // The slash ends the title in an identity.
  return `${prefix}${words ? words.join("-") : title.trim().replaceAll("/", "∕")}`;
}

/** TeX commands for letters. */
const letters: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "ss ß,o ø,O Ø,l ł,L Ł,ae æ,AE Æ,oe œ,OE Œ,aa å,AA Å,i i,j j,dh ð,th þ,alpha α,beta β,gamma γ,Gamma Γ,delta δ," +
    "Delta Δ,epsilon ε,varepsilon ε,zeta ζ,eta η,theta θ,vartheta θ,Theta Θ,iota ι,kappa κ,lambda λ,Lambda Λ," +
    "mu μ,nu ν,xi ξ,Xi Ξ,pi π,Pi Π,rho ρ,sigma σ,Sigma Σ,tau τ,upsilon υ,phi φ,varphi φ,Phi Φ,chi χ,psi ψ," +
    "Psi Ψ,omega ω,Omega Ω"
  )
    .split(",")
    .map((pair) => pair.split(" ")),
);

/** A title without accents, styles and TeX signs, for comparison only. */
function withoutTex(title: string): string {
  return title
    .replace(/\\["'`^~=.]\s{0,9}\{?\s{0,9}(?=[\p{L}\\])/gu, "")
    .replace(/\\[uvHckrdbt](?:\s*\{\s*|\s+)(?=[\p{L}\\])/gu, "")
    .replace(/\\([a-zA-Z]+)\s*/g, (_, name: string) => letters[name] ?? "")
    .replace(/[{}$]|\\[,;:! ]/g, "");
}

/** The parts of a title identity; `""` if unknown. */
export interface TitleParts {
  /** The bare identity, `title:` and the words. */
  readonly title: string;
  /** The first author's family name, letters in lower case. */
  readonly name: string;
  /** The year; without an author, the date as far as known. */
  readonly date: string;
  /** Only if author or year is missing: the paper's address without its scheme, else its journal's words. */
  readonly where: string;
}

/** The fields of a paper that make its identity. */
export interface Identified {
  readonly title: string;
  readonly authors: readonly string[];
  readonly published: string | null;
  readonly url: string | null;
  readonly journal: string | null;
}

/** The identifying parts of a paper without identifiers. */
export function titleParts({ title, authors, published, url, journal }: Identified): TitleParts {
  const name = nameKey(authors[0] ?? "");
  const known = /^\d{4}(?:-\d\d){0,2}/.exec(published ?? "")?.[0] ?? "";
  const date = name === "" ? known : known.slice(0, 4);
  const isEnough = name !== "" && date !== "";
  const where = isEnough ? "" : url ? addressKey(url) : journal ? titleId(journal).slice(prefix.length) : "";
  return { title: titleId(title), name, date, where };
}

/**
 * The identity of a paper without an identifier: `title:WORDS/NAME/YEAR`, as in `title:on-knots/reed/2015`.
 * Without author or year it includes the address, or the journal, so that papers called "Editorial" differ:
 * `title:editorial//2024-03-01/example.org/1`. Missing parts at the end are left off: `title:on-knots`.
 */
export function titleIdentity(paper: Identified): string {
  const { title, name, date, where } = titleParts(paper);
  return `${title}/${name}/${date}/${where}`.replace(/\/+$/, "");
}

/** The parts of a title identity. */
export function partsOf(id: string): TitleParts {
  const [title = "", name = "", date = "", ...where] = id.split("/");
  return { title, name, date, where: where.join("/") };
}

/** The title part of a title identity; the whole of it in earlier versions. */
export function bareTitle(id: string): string {
  const end = id.indexOf("/");
  return end < 0 ? id : id.slice(0, end);
}

/** A person's family name for comparison; `""` if unknown. */
export function nameKey(author: string): string {
  const name = familyName(author);
  if (/^[A-Za-z]+$/.test(name)) return name.toLowerCase();
  const key = titleId(name).slice(prefix.length).replaceAll("-", "");
  return /[\p{L}\p{N}]/u.test(key) ? key : "";
}

/** An address for comparison: without scheme, `www.`, fragment, final slash and tracking parameters. */
function addressKey(url: string): string {
  const [place = "", query = ""] = url
    .trim()
    .replace(/^[a-z][a-z+.-]*:\/*/i, "")
    .replace(/^www\./i, "")
    .replace(/#.*$/s, "")
    .split(/\?(.*)/s);
  const [host = "", ...path] = place.split("/");
  const kept = query
    .split("&")
    .filter((part) => part !== "" && !/^(?:utm_\w+|fbclid|gclid|rss)(?:=|$)/i.test(part));
  const key = [host.toLowerCase(), ...path].join("/").replace(/\/+$/, "");
  return kept.length > 0 ? `${key}?${kept.join("&")}` : key;
}
