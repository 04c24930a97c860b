import type { PaperText } from "../blocks.js";
import { type Element, element, type Node } from "../html/element.js";
import { cleanTex } from "../html/inline.js";
import type { FoundText } from "../html/page.js";
import { walkPage } from "../html/to-blocks.js";
import { PageReader } from "../html/tree.js";

/** Sections lie this deep in headings; what is deeper has the last level. */
const deepestHeading = 6;

/**
 * Reads a paper from JATS, the XML of bioRxiv, PubMed Central and many publishers: its elements become those
 * of a page, which is then read as any page is. Nothing that it names outside is fetched. Never throws.
 * https://jats.nlm.nih.gov/archiving/tag-library/1.3/
 *
 * @param pictures the folder of a server that has the article's pictures as JPEG, whatever the article names
 */
export function readJatsPaper(xml: string, pictures: string | null = null): FoundText {
  const reader = new PageReader(true);
  reader.write(xml);
  const page = reader.end();
  const article = find(page.root, "article");
  const body = article ? directly(article, "body")[0] : undefined;
  if (!article) return { ok: false, reason: "other page" };
  // Without a body it is what is known of an article, and not the article.
  if (!body || wordsOf(body).trim() === "") return { ok: false, reason: "no paper" };
  const nodes = new Converter(pictures !== null).article(article);
  const { builder, title } = walkPage({ ...page, isLatexml: true }, nodes);
  const text: PaperText = {
    title: title ?? "Untitled",
    blocks: builder.blocks,
    isTruncated: page.isCut || builder.isCut,
    hasLostFormulas: false,
    base: pictures,
  };
  return { ok: true, text };
}

/** Elements of JATS that have a like one in HTML. */
const sameNames: Readonly<Record<string, string>> = {
  italic: "i",
  bold: "b",
  monospace: "code",
  p: "p",
  "list-item": "li",
  "disp-quote": "blockquote",
  "verse-group": "blockquote",
  preformat: "pre",
  code: "pre",
  "def-list": "dl",
  term: "dt",
  def: "dd",
  break: "br",
};

const leftOut =
  /^(?:journal-meta|article-id|article-categories|permissions|pub-date|history|counts|custom-meta-group|funding-group|related-article|kwd-group|self-uri|object-id|alt-text|long-desc|author-notes)$/;

class Converter {
  readonly #areJpeg: boolean;
  #level = 1;

  constructor(areJpeg: boolean) {
    this.#areJpeg = areJpeg;
  }

  article(article: Element): Node[] {
    const meta = find(article, "article-meta");
    const found: Node[] = [];
    if (meta) {
      const title = find(meta, "article-title");
      if (title) found.push(make("h1", "ltx_title ltx_title_document", this.all(title.children)));
      const authors = this.#authors(meta);
      if (authors) found.push(authors);
      for (const abstract of directly(meta, "abstract")) {
        const heading = find(abstract, "title");
        const words = heading?.children ?? ["Abstract"];
        const isNamed = abstract.children.includes(heading as Element);
        found.push(make("h6", "ltx_title ltx_title_abstract", isNamed ? this.all(words) : ["Abstract"]));
        const rest = abstract.children.filter((one) => !isNamed || one !== heading);
        found.push(make("div", "ltx_abstract", this.all(rest)));
      }
    }
    for (const part of ["body", "back", "floats-group"]) {
      const one = article.children.find(
        (child): child is Element => typeof child !== "string" && child.name === part,
      );
      if (one) for (const node of this.all(one.children)) found.push(node);
    }
    return found;
  }

  all(nodes: readonly Node[]): Node[] {
    return nodes.flatMap((node) => (typeof node === "string" ? [node] : this.one(node)));
  }

  one(node: Element): Node[] {
    const { name, children, attributes } = node;
    const id = attributes.id;
    const same = sameNames[name];
    if (same) return [make(same, "", this.all(children), id)];
    if (leftOut.test(name)) return [];
    switch (name) {
      case "sec":
      case "app":
      case "ack":
      case "boxed-text":
      case "notes":
      case "glossary":
      case "fn-group": {
        this.#level = Math.min(deepestHeading, this.#level + 1);
        const inner = this.#section(node, name === "ack" ? "Acknowledgements" : null);
        this.#level -= 1;
        return [make("section", "", inner, id)];
      }
      case "title":
        return [make(`h${this.#level}`, "ltx_title", this.all(children), id)];
      case "xref": {
        const target = (attributes.rid ?? "").split(/\s+/)[0] ?? "";
        return [make("a", "", this.all(children), undefined, target ? { href: `#${target}` } : {})];
      }
      case "ext-link":
      case "uri":
      case "email":
        return [make("a", "", this.all(children), undefined, { href: attributes["xlink:href"] ?? "" })];
      case "fig":
      case "table-wrap":
      case "fig-group":
        return [this.#float(node)];
      case "graphic":
      case "inline-graphic":
        return [make("img", "", [], undefined, { src: this.#picture(attributes["xlink:href"] ?? "") })];
      case "list": {
        const isOrdered = /order|alpha|roman/.test(attributes["list-type"] ?? "");
        return [make(isOrdered ? "ol" : "ul", "", this.all(children), id)];
      }
      case "name":
      case "string-name": {
        const parts = children.filter((one) => typeof one !== "string" || one.trim() !== "");
        return this.all(parts.flatMap((one, at) => (at > 0 ? [" ", one] : [one])));
      }
      case "def-item":
        return this.all(children);
      case "inline-formula":
      case "disp-formula":
      case "alternatives":
      case "tex-math":
        return this.#formula(node);
      case "fn":
        return [make("div", "", this.all(children), id)];
      case "ref-list": {
        const heading = find(node, "title");
        const rest = children.filter((one) => one !== heading);
        const words = heading ? this.all(heading.children) : ["References"];
        const title = make(`h2`, "ltx_title ltx_title_bibliography", words);
        return [make("section", "ltx_bibliography", [title, ...this.all(rest)], id)];
      }
      case "ref":
        return [this.#reference(node)];
      default: {
        const isBlock = node.isBlock || /^(?:body|back|app-group|statement|speech|def-list)$/.test(name);
        const copy = { ...node, children: this.all(children) };
        return isBlock || /^(?:sup|sub|table|thead|tbody|tr|td|th|math)$/.test(name)
          ? [copy]
          : [make("span", "", copy.children, id)];
      }
    }
  }

  #picture(href: string): string {
    if (!this.#areJpeg || href === "" || /^https?:/i.test(href) || /\.(?:jpe?g|png|gif)$/i.test(href))
      return href;
    return `${href.replace(/\.(?:tiff?|eps)$/i, "")}.jpg`;
  }

  #section(node: Element, otherwise: string | null): Node[] {
    const label = node.children.find((one): one is Element => isNamed(one, "label"));
    const title = node.children.find((one): one is Element => isNamed(one, "title"));
    const rest = this.all(node.children.filter((one) => one !== label && one !== title));
    const words: Node[] = title ? this.all(title.children) : otherwise ? [otherwise] : [];
    if (words.length === 0) return rest;
    const tag = label ? [make("span", "ltx_tag", this.all(label.children))] : [];
    return [make(`h${this.#level}`, "ltx_title", [...tag, ...words]), ...rest];
  }

  #authors(meta: Element): Element | null {
    const creators: Node[] = [];
    for (const contrib of every(meta, "contrib")) {
      const given = find(contrib, "given-names");
      const family = find(contrib, "surname");
      const group = find(contrib, "collab") ?? find(contrib, "string-name");
      const name = family
        ? [given, family]
            .map((one) => (one ? wordsOf(one) : ""))
            .join(" ")
            .trim()
        : group
          ? wordsOf(group)
          : "";
      if (name) creators.push(make("span", "ltx_creator", [make("span", "ltx_personname", [name])]));
    }
    for (const place of every(meta, "aff"))
      creators.push(make("span", "ltx_creator", [make("span", "ltx_contact", [affiliation(place)])]));
    return creators.length > 0 ? make("div", "ltx_authors", creators) : null;
  }

  #float(node: Element): Element {
    const label = node.children.find((one): one is Element => isNamed(one, "label"));
    const caption = node.children.find((one): one is Element => isNamed(one, "caption"));
    const tag = label ? [make("span", "ltx_tag", this.all(label.children))] : [];
    const words = caption
      ? this.all(
          caption.children.map((one) => (isNamed(one, "title") ? make("bold", "", one.children) : one)),
        )
      : [];
    const rest = this.all(node.children.filter((one) => one !== label && one !== caption));
    const spaced = words.flatMap((one, at) => (at > 0 ? [" ", one] : [one]));
    const name = node.name === "table-wrap" ? "ltx_table" : "ltx_figure";
    const captions =
      tag.length + words.length > 0 ? [make("figcaption", "ltx_caption", [...tag, ...spaced])] : [];
    return make("figure", name, [...captions, ...rest], node.attributes.id);
  }

  #formula(node: Element): Node[] {
    const tex = node.name === "tex-math" ? node : find(node, "tex-math");
    const math = find(node, "math");
    const source = tex ? inDocument(wordsOf(tex)) : (math?.attributes.tex ?? null);
    const isDisplay = node.name === "disp-formula";
    if (source === null) {
      const label = isDisplay ? node.children.filter((one) => isNamed(one, "label")) : [];
      const rest = this.all([...node.children.filter((one) => !isNamed(one, "label")), " ", ...label]);
      return isDisplay ? [make("p", "", rest, node.attributes.id)] : rest;
    }
    const formula = element("math", { tex: source });
    if (!isDisplay) return [formula];
    const label = node.children.find((one): one is Element => isNamed(one, "label"));
    const tag = label ? [make("span", "ltx_tag ltx_tag_equation", this.all(label.children))] : [];
    const cells = [make("td", "ltx_eqn_cell", [formula]), ...tag.map((one) => make("td", "", [one]))];
    return [make("table", "ltx_equation", [make("tr", "", cells)], node.attributes.id)];
  }

  #reference(node: Element): Element {
    const label = find(node, "label");
    const tag = label ? [make("span", "ltx_tag", this.all(label.children))] : [];
    // An entry may hold several works, each with its citation, and notes; of alternatives the first is taken.
    const kinds = ["mixed-citation", "element-citation", "citation", "nlm-citation"];
    const works = directly(node, ...kinds, "note");
    const only = works.length > 0 ? null : find(node, ...kinds);
    const words = (only ? [only] : works).flatMap((work, at) => [
      ...(at > 0 ? [" "] : []),
      ...this.#citation(work),
    ]);
    return make("li", "ltx_bibitem", [...tag, ...words], node.attributes.id);
  }

  #citation(citation: Element): Node[] {
    // A citation in parts has no points and commas of its own.
    const isPlain = citation.children.some((one) => typeof one === "string" && /[\p{L}\p{N}.,;]/u.test(one));
    if (!isPlain && citation.name !== "note") {
      const dois = every(citation, "pub-id").filter((one) => one.attributes["pub-id-type"] === "doi");
      return [cited(citation), ...dois.flatMap((one) => [" ", ...identifier(one, "")])];
    }
    return citation.children.flatMap((child, at): Node[] => {
      if (!isNamed(child, "pub-id")) return this.all([child]);
      const before = citation.children[at - 1];
      return identifier(child, typeof before === "string" ? before : "");
    });
  }
}

/** An identifier with its name, unless the words before it say that already; a DOI is a link. */
function identifier(one: Element, before: string): Node[] {
  const id = wordsOf(one).trim();
  const kind = one.attributes["pub-id-type"] ?? "";
  const isNamedBefore = before.trim() !== "" && /\w:?$/.test(before.trim());
  const text = isNamedBefore || !/^(?:doi|pmid|arxiv)$/.test(kind) ? id : `${kind}:${id}`;
  return kind === "doi" ? [make("a", "", [text], undefined, { href: `https://doi.org/${id}` })] : [text];
}

/** A citation in parts as a sentence: authors, title, source, year. */
function cited(citation: Element): string {
  const names = every(citation, "name").map((one) =>
    [find(one, "surname"), find(one, "given-names")]
      .map((part) => (part ? wordsOf(part) : ""))
      .join(" ")
      .trim(),
  );
  const part = (name: string): string => {
    const one = find(citation, name);
    return one ? wordsOf(one).trim() : "";
  };
  const pages = [part("fpage"), part("lpage")].filter(Boolean).join("–") || part("elocation-id");
  const volume = part("volume") + (part("issue") ? `(${part("issue")})` : "");
  const place = [part("source"), part("year"), [volume, pages].filter(Boolean).join(":")]
    .filter(Boolean)
    .join(", ");
  const others = find(citation, "etal") ? " et al." : "";
  const group = part("collab");
  return [
    `${[...names, ...(group ? [group] : [])].join(", ")}${others}`,
    part("article-title") || part("chapter-title"),
    place,
  ]
    .map((one) => one.trim().replace(/\.$/, ""))
    .filter(Boolean)
    .map((one) => `${one}.`)
    .join(" ");
}

/** The formula in a document of TeX that JATS wraps it in. */
function inDocument(tex: string): string {
  const inner = /\\begin\{document\}([\s\S]*?)\\end\{document\}/.exec(tex)?.[1] ?? tex;
  return cleanTex(
    inner
      .trim()
      .replace(/^\${1,2}|\${1,2}$/g, "")
      .replace(/^\\[[(]|\\[\])]$/g, ""),
  );
}

function affiliation(place: Element): string {
  return wordsOf(place).replace(/\s+/g, " ").trim();
}

function isNamed(node: Node, name: string): node is Element {
  return typeof node !== "string" && node.name === name;
}

function wordsOf(node: Node): string {
  return typeof node === "string" ? node : node.children.map(wordsOf).join("");
}

function find(root: Element, ...names: string[]): Element | null {
  for (const child of root.children) {
    if (typeof child === "string") continue;
    if (names.includes(child.name)) return child;
    const inner = find(child, ...names);
    if (inner) return inner;
  }
  return null;
}

function directly(root: Element, ...names: string[]): Element[] {
  return root.children.filter((one): one is Element => names.some((name) => isNamed(one, name)));
}

function every(root: Element, name: string): Element[] {
  return root.children.flatMap((child) => {
    if (typeof child === "string") return [];
    return child.name === name ? [child] : every(child, name);
  });
}

function make(
  name: string,
  classes: string,
  children: readonly Node[],
  id?: string,
  attributes: Record<string, string> = {},
): Element {
  const one = element(name, { ...attributes, ...(classes ? { class: classes } : {}), ...(id ? { id } : {}) });
  for (const child of children) one.children.push(child);
  if (!one.isBlock) one.isBlock = children.some((child) => typeof child !== "string" && child.isBlock);
  return one;
}
