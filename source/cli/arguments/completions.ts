import { defaultSources } from "../../reader/panels/default-sources.js";
import type { Shell } from "./arguments.js";
import {
  optionNames as names,
  type OptionName,
  optionSpec,
  optionsOf,
  type VerbName,
  verbSpec,
  verbs,
} from "./command-table.js";

const takesValue = (name: OptionName) => optionSpec(name).type === "string";
/** As typed, the short one first. */
function spellings(name: OptionName): string[] {
  const { short } = optionSpec(name);
  return [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
}

/** Verbs that take words, with those words. */
const acts: readonly (readonly [VerbName | "help", readonly string[]])[] = [
  ...verbs.flatMap((verb) => {
    const { words } = verbSpec(verb);
    return words === undefined ? [] : [[verb, words] as const];
  }),
  ["help", verbs],
];

/** Options that take one of some words, with those words. */
const values = names.flatMap((name) => {
  const { words } = optionSpec(name);
  return words === undefined ? [] : [[name, words] as const];
});

/** Verbs after which no source comes. */
const withoutSources = verbs.filter((verb) => verbSpec(verb).operands !== "sources");
const alone = verbs.filter((verb) => verbSpec(verb).operands === "none");

/** Beginnings of sources; those that continue end in a colon. */
const sources = [
  ...new Set([...defaultSources.map(({ name }) => name.replace(/:.*/, ":")), "daily:"]),
].sort();

/** The completion script of a shell, to be evaluated when the shell starts. */
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
  const valueCases = values.map(
    ([name, list]) => `    ${spellings(name).join("|")}) ${words(list)}; return ;;`,
  );
  const optionCases = [...verbs, null].map(
    (verb) => `      ${verb ?? "*"}) ${words(optionsOf(verb).flatMap(spellings))} ;;`,
  );
  const actCases = acts.map(
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
      ${["help", ...verbs].join("|")}) verb=\${COMP_WORDS[i]} at=$i; break ;;
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
    ${withoutSources.filter((verb) => verbSpec(verb).words === undefined).join("|")}) ;;
    "") ${words([...verbs, "help", ...sources])} ;;
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
    const { words: list, brief } = optionSpec(name);
    const action = list ? `:${name}:(${list.join(" ")})` : name === "output" ? ":file:_files" : `:${name}: `;
    const rest = `[${brief}]${takesValue(name) ? action : ""}`;
    return second === undefined ? `'${first}${rest}'` : `'(${first} ${second})'{${first},${second}}'${rest}'`;
  };
  const options = (verb: VerbName | null) => optionsOf(verb).map(option).join(" \\\n        ");
  const operands = (verb: VerbName) => {
    const { operands, words } = verbSpec(verb);
    switch (operands) {
      case "words":
        return `'2:what:(${words?.join(" ")})' '*:file or id:_files'`;
      case "files":
        return "'*:file:_files'";
      case "folder":
        return "'2:folder:_files -/'";
      case "sources":
        return "'*:source:_papers_tui_sources'";
      case "none":
        return "";
    }
  };
  const cases = verbs.map(
    (verb) => `    ${verb})
      _arguments -s '1:verb: ' ${operands(verb)} \\
        ${options(verb)} ;;`,
  );
  const described = verbs.map((verb) => `'${verb}:${verbSpec(verb).brief}'`).join(" ");
  return `#compdef papers-tui
# zsh completion of papers-tui: eval "$(papers-tui completions zsh)", after compinit
_papers_tui_sources() {
  compadd -S '' -- ${sources.filter((one) => one.endsWith(":")).join(" ")}
  compadd -- ${sources.filter((one) => !one.endsWith(":")).join(" ")}
  _files
}
_papers_tui_first() {
  local -a verbs
  verbs=(${described} 'help:print the help of a command')
  _describe -t verbs verb verbs
  _papers_tui_sources
}
_papers_tui() {
  case $words[2] in
    help)
      _arguments '1:verb: ' '2:command:(${verbs.join(" ")})' ;;
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
  const first = `not __fish_seen_subcommand_from ${verbs.join(" ")} help`;
  for (const verb of verbs) {
    lines.push(
      `complete -c papers-tui -n __fish_use_subcommand -a ${verb} -d ${quote(verbSpec(verb).brief)}`,
    );
  }
  lines.push(`complete -c papers-tui -n __fish_use_subcommand -a help -d 'print the help of a command'`);
  const readers = verbs.filter((verb) => verbSpec(verb).operands === "sources").join(" ");
  for (const when of [first, `__fish_seen_subcommand_from ${readers}`]) {
    lines.push(`complete -c papers-tui -n ${quote(when)} -a ${quote(sources.join(" "))} -d source`);
  }
  for (const [verb, list] of acts) {
    const when = `__fish_seen_subcommand_from ${verb}; and not __fish_seen_subcommand_from ${list.join(" ")}`;
    lines.push(`complete -c papers-tui -n ${quote(when)} -xa ${quote(list.join(" "))}`);
  }
  lines.push(`complete -c papers-tui -n ${quote(`__fish_seen_subcommand_from ${alone.join(" ")}`)} -f`);
  for (const name of names) {
    const { short, words: list, brief } = optionSpec(name);
    const holders = verbs.filter((verb) => optionsOf(verb).includes(name));
    const isForNone = optionsOf(null).includes(name);
    const when = isForNone
      ? `not __fish_seen_subcommand_from ${verbs.filter((verb) => !holders.includes(verb)).join(" ")}`
      : `__fish_seen_subcommand_from ${holders.join(" ")}`;
    const isForAll = isForNone && holders.length === verbs.length;
    lines.push(
      [
        "complete -c papers-tui",
        ...(isForAll ? [] : [`-n ${quote(when)}`]),
        ...(short === undefined ? [] : [`-s ${short}`]),
        `-l ${name}`,
        ...(list
          ? [`-xa ${quote(list.join(" "))}`]
          : name === "output"
            ? ["-r"]
            : takesValue(name)
              ? ["-x"]
              : []),
        `-d ${quote(brief)}`,
      ].join(" "),
    );
  }
  return `${lines.join("\n")}\n`;
}
