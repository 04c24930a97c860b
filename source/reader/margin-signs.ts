/** The signs before a row of the list, with Unicode and with ASCII only, and what each means: for the screen, the help and the documents. */
export const marginSigns = {
  unread: { sign: "●", ascii: "o", words: "unread" },
  star: { sign: "★", ascii: "*", words: "starred (s)" },
  later: { sign: "◷", ascii: "L", words: "kept for later (L)" },
  followed: { sign: "@", ascii: "@", words: "by an author or organisation you follow (F)" },
  /** The first letter of the watch's name. */
  watched: { sign: "a-z", ascii: "a-z", words: "the letter of a watch that finds the paper (W)" },
  /** In five steps from the least. */
  steps: {
    sign: "▁▂▄▆█",
    ascii: "edcba",
    words: "for you: how well the paper matches those you starred, least to best (Y says why)",
  },
  trial: {
    sign: "?",
    ascii: "?",
    words: "after that: a paper to try, of a kind the ranking knows little about",
  },
  moved: { sign: "+12", ascii: "+12", words: "by how much the paper moved since you last saw it (S m)" },
} as const;
