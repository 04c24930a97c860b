/**
 * Whether the comments say that the paper is withdrawn. Authors give the reason there:
 * https://info.arxiv.org/help/withdraw.html
 */
export function saysWithdrawn(comment: string): boolean {
  return /\bwithdrawn\b/i.test(comment) && !/\bnot (?:been )?withdrawn\b/i.test(comment);
}

/**
 * Whether a paper is withdrawn, according to its comments or to a notice in place of the abstract, as on
 * bioRxiv.
 */
export function isWithdrawn(comment: string, abstract: string): boolean {
  return (
    saysWithdrawn(comment) ||
    /^this (?:paper|article|submission|manuscript|work|version)\b.{0,40}\bwithdrawn\b/i.test(abstract) ||
    /^(?:the )?authors? (?:has|have) withdrawn\b/i.test(abstract)
  );
}
