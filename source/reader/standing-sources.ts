/** Sources that everybody has, as they are named on the command line, and what they are. */
export const standingSources: readonly { readonly name: string; readonly text: string }[] = [
  { name: "daily", text: "Daily Papers of Hugging Face: today, or as daily:2025-10-29, daily:2025-W44" },
  { name: "trending", text: "what is read on Hugging Face now" },
  { name: "starred", text: "what you have starred, wherever it came from" },
  { name: "later", text: "what you have put aside to read later" },
  { name: "sample", text: "the listing that comes with the program" },
  { name: "arxiv:cs.LG+cs.CL", text: "the newest on arXiv in these categories; type your own" },
  { name: "search:diffusion", text: "what Hugging Face finds for words; type your own" },
];
