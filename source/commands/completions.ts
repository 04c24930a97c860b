import { standingSources } from "../reader/standing-sources.js";
import {
  belongsTo,
  completedShells,
  markActs,
  type OptionName,
  optionTypes,
  type Shell,
  showFormats,
  sorts,
  stateActs,
  type VerbName,
  verbs,
} from "./arguments.js";

/** What each verb does, in the words of the help. */
const verbHelp: Readonly<Record<VerbName, string>> = {
  list: "print a line a paper",
  export: "write papers to a file",
  show: "print one paper",
  mark: "mark papers by their ids",
  merge: "take in a copy of marks",
  state: "all that is yours, as one file",
  sync: "keep marks in a synchronised folder",
  completions: "print what completes commands in a shell",
  paths: "print where marks and settings are kept",
  keys: "print the keys",
  doctor: "tell what is found on this machine",
};

/** The words that stand behind some verbs. */
const acts: Partial<Record<VerbName, readonly string[]>> = {
  mark: markActs,
  state: stateActs,
  completions: completedShells,
};

const optionHelp: Readonly<Record<OptionName, string>> = {
  filter: "words, phrases, title: author: is:starred",
  sort: "the order, - before it reverses",
  limit: "print so many at most",
  json: "print one JSON array",
  problems: "tell everything that could not be read",
  format: "the format to write",
  output: "the file to write",
  force: "overwrite the file",
  settings: "import the settings, too",
  fix: "repair what can be repaired",
  date: "the day of the listing",
  ascii: "draw with ASCII signs only",
  color: "colours also in a pipe",
  "no-color": "no colours",
  help: "print the help",
  version: "print the version",
};

/** The words an option takes. */
const values: Partial<Record<OptionName, readonly string[]>> = {
  sort: sorts,
  format: showFormats,
};

const names = Object.keys(optionTypes) as OptionName[];
const takesValue = (name: OptionName) => optionTypes[name].type === "string";
/** As they are typed, the short one first. */
function spellings(name: OptionName): string[] {
  const short = shortOf(name);
  return [...(short === null ? [] : [`-${short}`]), `--${name}`];
}
/** Its one letter; `null` where it has none. */
function shortOf(name: OptionName): string | null {
  const type = optionTypes[name];
  return "short" in type ? type.short : null;
}
/** The options of a verb, or of none. */
function optionsOf(verb: VerbName | null): OptionName[] {
  const general = ["ascii", "color", "no-color", "date"];
  const readsListing = verb === null || verb === "list" || verb === "export" || verb === "show";
  return names.filter((name) => {
    const holders = belongsTo[name];
    if (holders !== undefined) return verb !== null && holders.includes(verb);
    return readsListing || !general.includes(name);
  });
}

/** Sources by what they begin with; those that go on end in a colon. */
const sources = [
  ...new Set([...standingSources.map(({ name }) => name.replace(/:.*/, ":")), "daily:"]),
].sort();

/** The script that makes a shell complete this program's commands, to be evaluated when it starts. */
export function completionsFor(shell: Shell): string {
  switch (shell) {
    case "bash":
      return bash();
    case "zsh":
      return zsh();
    case "fish":
      return fish();
  }
}

/** https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html; works in 3.2 of macOS. */
function bash(): string {
  const valued = names.filter(takesValue).flatMap(spellings).join("|");
  const words = (list: readonly string[]) => `COMPREPLY=($(compgen -W "${list.join(" ")}" -- "$word"))`;
  const valueCases = Object.entries(values).map(
    ([name, list]) => `    ${spellings(name as OptionName).join("|")}) ${words(list)}; return ;;`,
  );
  const optionCases = [...verbs, null].map(
    (verb) => `      ${verb ?? "*"}) ${words(optionsOf(verb).flatMap(spellings))} ;;`,
  );
  const actCases = Object.entries(acts).map(
    ([verb, list]) => `    ${verb}) [[ $at -eq $((COMP_CWORD - 1)) ]] && ${words(list)} ;;`,
  );
  return `# bash completion of papers-tui: eval "$(papers-tui completions bash)"
_papers_tui() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} verb= at=0 i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${valued}) ((i++)) ;;
      -*) ;;
      ${verbs.join("|")}) verb=\${COMP_WORDS[i]} at=$i; break ;;
      *) verb=source; break ;;
    esac
  done
  case $before in
${valueCases.join("\n")}
    ${valued}) return ;;
  esac
  if [[ $word == -* ]]; then
    case $verb in
${optionCases.join("\n")}
    esac
    return
  fi
  case $verb in
${actCases.join("\n")}
    merge|sync|paths|keys|doctor) ;;
    "") ${words([...verbs, ...sources])} ;;
    *) ${words(sources)} ;;
  esac
  [[ \${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o bashdefault -o default -F _papers_tui papers-tui
`;
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions */
function zsh(): string {
  const option = (name: OptionName) => {
    const [first, second] = spellings(name);
    const list = values[name];
    const action = list ? `:${name}:(${list.join(" ")})` : name === "output" ? ":file:_files" : `:${name}: `;
    const rest = `[${optionHelp[name]}]${takesValue(name) ? action : ""}`;
    return second === undefined ? `'${first}${rest}'` : `'(${first} ${second})'{${first},${second}}'${rest}'`;
  };
  const options = (verb: VerbName | null) => optionsOf(verb).map(option).join(" \\\n        ");
  const operands = (verb: VerbName) => {
    const list = acts[verb];
    if (list) return `'2:what:(${list.join(" ")})' '*:file or id:_files'`;
    if (verb === "merge") return "'*:file:_files'";
    if (verb === "sync") return "'2:folder:_files -/'";
    return isAlone(verb) ? "" : "'*:source:_papers_tui_sources'";
  };
  const cases = verbs.map(
    (verb) => `    ${verb})
      _arguments -s '1:verb: ' ${operands(verb)} \\
        ${options(verb)} ;;`,
  );
  const described = verbs.map((verb) => `'${verb}:${verbHelp[verb]}'`).join(" ");
  return `#compdef papers-tui
# zsh completion of papers-tui: eval "$(papers-tui completions zsh)", behind compinit
_papers_tui_sources() {
  compadd -S '' -- ${sources.filter((one) => one.endsWith(":")).join(" ")}
  compadd -- ${sources.filter((one) => !one.endsWith(":")).join(" ")}
  _files
}
_papers_tui_first() {
  local -a verbs
  verbs=(${described})
  _describe -t verbs verb verbs
  _papers_tui_sources
}
_papers_tui() {
  case $words[2] in
${cases.join("\n")}
    *)
      _arguments -s '1:source or verb:_papers_tui_first' '*:source:_papers_tui_sources' \\
        ${options(null)} ;;
  esac
}
if [[ $funcstack[1] == _papers_tui ]]; then _papers_tui "$@"; else compdef _papers_tui papers-tui; fi
`;
}

/** https://fishshell.com/docs/current/completions.html */
function fish(): string {
  const lines = ["# fish completion of papers-tui: papers-tui completions fish | source"];
  const quote = (text: string) => `'${text.replace(/['\\]/g, "\\$&")}'`;
  const first = `not __fish_seen_subcommand_from ${verbs.join(" ")}`;
  for (const verb of verbs) {
    lines.push(`complete -c papers-tui -n __fish_use_subcommand -a ${verb} -d ${quote(verbHelp[verb])}`);
  }
  const readers = "list export show";
  for (const when of [first, `__fish_seen_subcommand_from ${readers}`]) {
    lines.push(`complete -c papers-tui -n ${quote(when)} -a ${quote(sources.join(" "))} -d source`);
  }
  for (const [verb, list] of Object.entries(acts)) {
    const when = `__fish_seen_subcommand_from ${verb}; and not __fish_seen_subcommand_from ${list.join(" ")}`;
    lines.push(`complete -c papers-tui -n ${quote(when)} -xa ${quote(list.join(" "))}`);
  }
  lines.push(`complete -c papers-tui -n ${quote("__fish_seen_subcommand_from paths keys doctor")} -f`);
  for (const name of names) {
    const short = shortOf(name);
    const holders = verbs.filter((verb) => optionsOf(verb).includes(name));
    const isForNone = optionsOf(null).includes(name);
    const when = isForNone
      ? `not __fish_seen_subcommand_from ${verbs.filter((verb) => !holders.includes(verb)).join(" ")}`
      : `__fish_seen_subcommand_from ${holders.join(" ")}`;
    const isForAll = isForNone && holders.length === verbs.length;
    const list = values[name];
    lines.push(
      [
        "complete -c papers-tui",
        ...(isForAll ? [] : [`-n ${quote(when)}`]),
        ...(short === null ? [] : [`-s ${short}`]),
        `-l ${name}`,
        ...(list
          ? [`-xa ${quote(list.join(" "))}`]
          : name === "output"
            ? ["-r"]
            : takesValue(name)
              ? ["-x"]
              : []),
        `-d ${quote(optionHelp[name])}`,
      ].join(" "),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Whether nothing stands behind a verb. */
function isAlone(verb: VerbName): boolean {
  return verb === "paths" || verb === "keys" || verb === "doctor";
}
