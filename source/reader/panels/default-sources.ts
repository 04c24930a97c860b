/** Sources everybody has: their names on the command line, what they are, and other words for them. */
export const defaultSources: readonly {
  readonly name: string;
  readonly text: string;
  readonly also: string;
}[] = [
  {
    name: "morning",
    text: "everything you follow, as one listing",
    also: "subscriptions home today",
  },
  {
    name: "daily",
    text: "Daily Papers of Hugging Face: today, or as daily:2025-10-29, daily:2025-W44",
    also: "today hf huggingface home",
  },
  { name: "trending", text: "what people read on Hugging Face now", also: "popular hot hf huggingface" },
  {
    name: "starred",
    text: "everything you have starred, wherever it came from",
    also: "favourites favorites bookmarks",
  },
  { name: "later", text: "everything you have kept for later", also: "queue reading list" },
  {
    name: "yours",
    text: "every paper that the “for you” order learns from",
    also: "for you recommended starred exported learned",
  },
  { name: "sample", text: "the listing that comes with the program", also: "demo example" },
  {
    name: "arxiv:cs.LG+cs.CL",
    text: "the newest on arXiv in these categories; type your own",
    also: "preprints new",
  },
  {
    name: "search:diffusion",
    text: "what Hugging Face finds for words; type your own",
    also: "find hf huggingface",
  },
];

/** What one has gathered from all sources. */
export const collections: ReadonlySet<string> = new Set(["starred", "later", "yours"]);
