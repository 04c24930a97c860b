import { badAnswer, fetchData, type TextOptions, type TextSource, waitForTurn } from "./requests.js";

/** DOIs of Cold Spring Harbor Laboratory (to 2025) and of openRxiv, which give bioRxiv and medRxiv theirs. */
const biorxivDoi = /^doi:(10\.(?:1101|64898)\/.+)$/;
/** What an answer is that says nothing of a paper, to follow the server's name. */
const noDetails = "sent an error, or JSON of an unknown kind";
/** Such a part of a path would lead out of it. */
const dots = /\/\.{1,2}(?:\/|$)/;

/**
 * bioRxiv and medRxiv: the details of a preprint name the JATS of each of its versions.
 * https://api.biorxiv.org, `/details/{server}/{DOI}/na/json`
 */
export const fromBiorxiv: TextSource = async (id, options, watch) => {
  const doi = biorxivDoi.exec(id)?.[1];
  if (doi === undefined || dots.test(doi)) return null;
  for (const server of ["biorxiv", "medrxiv"]) {
    await waitForTurn("biorxiv", options, watch);
    const details = await askForJson(
      `${base(options.biorxiv)}/details/${server}/${pathOf(doi)}/na/json`,
      options,
      watch,
    );
    const versions = listAt(details, "collection");
    if (versions === null) throw badAnswer(new URL(options.biorxiv).host, noDetails);
    const address = versions.map((one) => textAt(one, "jatsxml")).findLast((one) => one !== null) ?? null;
    if (address === null) continue;
    await waitForTurn("biorxiv", options, watch);
    const page = `https://www.${server}.org/content/${pathOf(doi)}`;
    const bytes = await fetchData(address, options, watch, { page: options.biorxiv });
    return { bytes, kind: "jats", address: page };
  }
  return null;
};

/**
 * Europe PMC: the JATS of articles of open access, by their number in PubMed Central; a search finds the number
 * of a DOI. https://europepmc.org/RestfulWebService
 */
export const fromEuropePmc: TextSource = async (id, options, watch) => {
  const site = base(options.europePmc);
  let pmc = /^pmc:(PMC\d+)$/.exec(id)?.[1] ?? null;
  const doi = /^doi:(.+)$/.exec(id)?.[1];
  if (doi !== undefined) {
    await waitForTurn("europePmc", options, watch);
    const query = encodeURIComponent(`DOI:"${doi.replace(/["\\]/g, "")}"`);
    const found = await askForJson(
      `${site}/search?query=${query}&format=json&resultType=lite`,
      options,
      watch,
    );
    const results = listAt(objectAt(found, "resultList"), "result");
    if (results === null) throw badAnswer(new URL(site).host, noDetails);
    const same = results.find((one) => textAt(one, "doi")?.toLowerCase() === doi && textAt(one, "pmcid"));
    pmc = same ? textAt(same, "pmcid") : null;
  }
  if (pmc === null || !/^PMC\d{1,12}$/.test(pmc)) return null;
  await waitForTurn("europePmc", options, watch);
  const bytes = await fetchData(`${site}/${pmc}/fullTextXML`, options, watch, "person");
  return { bytes, kind: "jats", address: `https://pmc.ncbi.nlm.nih.gov/articles/${pmc}/` };
};

const base = (site: string): string => site.replace(/\/+$/, "");

/** A DOI as part of a path: its slashes stay, as both servers want them. */
const pathOf = (doi: string): string => doi.split("/").map(encodeURIComponent).join("/");

async function askForJson(
  address: string,
  options: TextOptions,
  watch: Parameters<TextSource>[2],
): Promise<unknown> {
  const body = await fetchData(address, options, watch, "person");
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    throw badAnswer(new URL(address).host, "sent no JSON");
  }
}

function objectAt(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The list of that name; `null` where an answer has none, as an error in JSON: an unknown DOI has an empty one. */
function listAt(value: unknown, name: string): readonly unknown[] | null {
  const list = objectAt(value, name);
  return Array.isArray(list) ? list : null;
}

function textAt(value: unknown, name: string): string | null {
  const text = objectAt(value, name);
  return typeof text === "string" && text !== "" ? text : null;
}
