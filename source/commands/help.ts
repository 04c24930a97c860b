/** What `papers-tui --help` prints: examples first, because most people read no further. */
export const helpText = `papers-tui: read paper listings in the terminal

Examples
  papers-tui                             today's Daily Papers
  papers-tui daily:2025-10-29            those of a day (2025-W44, 2025-10)
  papers-tui arxiv:cs.LG+cs.CL           the newest on arXiv
  papers-tui daily-papers.txt            read a listing saved to a file
  pbpaste | papers-tui -                 read a listing from a pipe
  papers-tui list page.txt --filter "contrastive year:2023"
  papers-tui list page.txt --json | jq -r '.[] | select(.starred) | .title'
  papers-tui export starred -o starred.bib

Usage
  papers-tui [SOURCE…]                   read in the terminal (elsewhere: list)
  papers-tui list [SOURCE…] [options]    print a line a paper
  papers-tui export [SOURCE…] --format F [-o FILE] [options]
                                         BibTeX, RIS, CSL-JSON, Markdown, CSV …
  papers-tui show ID [SOURCE…] [--format text|json|bibtex|…]
  papers-tui mark read|unread|star|unstar|later|unlater [ID…]
                                         ids or addresses, else of a pipe
  papers-tui state export|import [FILE]  all that is yours, as one JSON file
  papers-tui state compact               make the journal of marks shorter
  papers-tui merge FILE…                 take in a copy of marks
  papers-tui sync DIR                    keep marks in a synchronised folder
  papers-tui completions bash|zsh|fish   print what completes commands
  papers-tui keys                        print the keys
  papers-tui paths                       print where marks and settings are kept
  papers-tui doctor                      tell what is found on this machine

SOURCE is a file, “-” for standard input, an https address, daily, trending,
search:WORDS, arxiv:CATEGORIES or arxiv:WORDS, starred, later, or sample. Its
format is told by its content: Daily Papers (page or API), arXiv (API, feeds,
mails, snapshot), BibTeX, RIS, CSL-JSON, Semantic Scholar, OpenAlex, or one
identifier per line.

Options
  -f, --filter QUERY   words, "a phrase", -without, title: author: is:starred,
                       year:2020..2023 …
  -s, --sort KEY       relevance (default), order, title, author, date
                       (newest first), upvotes; “-date” reverses
  -n, --limit N        print N papers at most
      --json           print one JSON array
      --problems       tell everything that could not be read
      --format F       for export and show
  -o, --output FILE    for export: the file; its ending tells the format
      --force          for export and state: overwrite the file
      --settings       for state import: take its settings, too
      --fix            for doctor: repair what can be repaired
      --date DAY       the listing's day, where its text does not say the year
      --ascii          draw with ASCII signs only
      --no-color       no colours (NO_COLOR does the same)
  -h, --help           print this
  -V, --version        print the version

In the terminal: j k move, Enter reads, s stars, / filters, ? shows every key.
Exit codes: 0 fine, 1 nothing matched, 2 wrong use or unreadable input,
130 interrupted.
`;
