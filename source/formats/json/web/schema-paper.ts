import { arxivId, doiOf } from "../../../papers/identity.js";
import type { Paper } from "../../../papers/paper.js";
import { withoutResolver } from "../../fields/citation.js";
import { paperAt } from "../../web/paper-addresses.js";
import { addressAt, type Fields, isFields, markup, nameAt, text, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { dateFrom } from "../services/reading.js";

/** The types of a thing without the address of their vocabulary. */
export function typesOf(thing: Fields): readonly string[] {
  const types = Array.isArray(thing["@type"]) ? thing["@type"] : [thing["@type"]];
  return types.flatMap((type) => (typeof type === "string" ? [type.replace(vocabulary, "")] : []));
}

const vocabulary = /^(?:schema:|https?:\/\/schema\.org\/)/;

/** The values of a property, which may be prefixed, one value, a list, or `{"@list": […]}`. */
export function valuesOf(thing: Fields, name: string): readonly unknown[] {
  const value =
    thing[name] ??
    thing[`schema:${name}`] ??
    thing[`http://schema.org/${name}`] ??
    thing[`https://schema.org/${name}`];
  const list = isFields(value) && Array.isArray(value["@list"]) ? value["@list"] : value;
  return Array.isArray(list) ? list : list === undefined || list === null ? [] : [list];
}

/** The texts of a property; a thing is represented by its value, its name or its address. */
function textsOf(thing: Fields, ...names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => valuesOf(thing, name))
    .flatMap((value) => {
      const one = isFields(value)
        ? (value["@value"] ?? value.name ?? value["schema:name"] ?? value["@id"])
        : value;
      const found = typeof one === "number" ? String(one) : typeof one === "string" ? one : null;
      return found === null || found.trim() === "" ? [] : [found];
    });
}

/**
 * The paper of a work in schema.org's vocabulary.
 * @param named things of the same graph, by the names that others refer to
 */
export function schemaPaper(work: Fields, named: ReadonlyMap<string, Fields>): Paper | string {
  const whole = (value: unknown): unknown =>
    isFields(value) && Object.keys(value).length <= 2 && typeof value["@id"] === "string"
      ? (named.get(value["@id"]) ?? value)
      : value;
  const first = (...names: readonly string[]) => textsOf(work, ...names)[0] ?? null;
  const identifiers = identifiersOf(work);
  const addresses = [...textsOf(work, "url", "sameAs", "mainEntityOfPage", "@id"), ...identifiers];
  const doi =
    [...identifiers, ...addresses]
      .map((one) => doiOf(withoutResolver(one)) ?? paperAt(one)?.doi ?? null)
      .find(Boolean) ?? null;
  const arxiv = addresses.map((one) => arxivId(one) ?? paperAt(one)?.arxiv ?? null).find(Boolean) ?? null;
  const place = placeOf(work, whole);
  const url = addresses.map(addressAt).find((one) => one !== null) ?? null;
  return foundPaper({
    title: titleAt(first("headline", "name", "alternativeHeadline")),
    abstract: markup(first("abstract", "description")) ?? "",
    authors: [
      ...valuesOf(work, "author"),
      ...(valuesOf(work, "author").length > 0 ? [] : valuesOf(work, "creator")),
    ]
      .map(whole)
      .flatMap((person) => personOf(person) ?? []),
    published: dateFrom(first("datePublished", "dateCreated", "copyrightYear")),
    updated: null,
    keywords: textsOf(work, "keywords", "about")
      .flatMap((words) => words.split(/[;,]/))
      .flatMap((word) => (/^https?:/i.test(word.trim()) ? [] : (markup(word) ?? []))),
    journal: place.journal,
    volume: place.volume,
    pages: first("pageStart", "pagination"),
    arxiv,
    doi,
    url: url !== null && paperAt(url)?.arxiv ? null : url,
    pdf: pdfOf(work),
    citations: null,
    key: first("@id"),
  });
}

/** Identifiers as texts: "doi:10.5555/…", or `{"propertyID": "doi", "value": "10.5555/…"}`. */
function identifiersOf(work: Fields): readonly string[] {
  return valuesOf(work, "identifier").flatMap((one) => {
    const value = isFields(one) ? (one.value ?? one["schema:value"] ?? one["@value"] ?? one["@id"]) : one;
    return typeof value === "string" ? [value] : [];
  });
}

/** The journal or book around a work, and its volume: an issue is part of a volume, which is part of a journal. */
function placeOf(
  work: Fields,
  whole: (value: unknown) => unknown,
): { readonly journal: string | null; readonly volume: string | null } {
  let journal: string | null = null;
  let volume: string | null = null;
  let around = whole(valuesOf(work, "isPartOf")[0]);
  for (let steps = 0; steps < 5 && around !== undefined; steps += 1) {
    if (typeof around === "string")
      return { journal: journal ?? (/^https?:/i.test(around) ? null : markup(around)), volume };
    if (!isFields(around)) break;
    volume ??= textsOf(around, "volumeNumber")[0] ?? null;
    const name = markup(textsOf(around, "name", "headline")[0]);
    const isSite = typesOf(around).some((type) => /^(?:WebSite|WebPage|Collection|DataCatalog)$/.test(type));
    if (name !== null && !isSite) journal = name;
    around = whole(valuesOf(around, "isPartOf")[0]);
  }
  return { journal: journal ?? markup(textsOf(work, "publication")[0]), volume };
}

function personOf(person: unknown): string | null {
  if (!isFields(person)) return nameAt(person);
  const name = nameAt(textsOf(person, "name")[0]);
  if (name !== null) return name;
  const parts = [...textsOf(person, "givenName").slice(0, 1), ...textsOf(person, "familyName").slice(0, 1)];
  return nameAt(parts.join(" "));
}

function pdfOf(work: Fields): string | null {
  const files = [
    ...valuesOf(work, "encoding"),
    ...valuesOf(work, "associatedMedia"),
    ...valuesOf(work, "distribution"),
  ];
  for (const file of files.filter(isFields)) {
    const address = addressAt(textsOf(file, "contentUrl", "url")[0]);
    const isPdf =
      /pdf/i.test(text(file.encodingFormat ?? file.fileFormat) ?? "") ||
      /\.pdf(?:[?#]|$)/i.test(address ?? "");
    if (address !== null && isPdf) return address;
  }
  return null;
}
