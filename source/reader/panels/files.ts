import { clean } from "../../text/clean.js";

/** A file or folder, by its name in its folder. */
export interface FoundFile {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The files of a folder, as last listed. */
export interface Folder {
  /** As it was typed, to its last slash: `~/papers/`; `""` is the folder that the program was started in. */
  readonly path: string;
  readonly files: readonly FoundFile[];
  /** Whether the list is complete, so that a file not in it does not exist. */
  readonly isWhole?: boolean;
}

export const noFolder: Folder = { path: "", files: [] };

/** The most files that are listed; typing another letter narrows them. */
const most = 200;

/** The folder of a path that is being typed; `null` if it is not a path. */
export function folderOf(typed: string): string | null {
  if (typed === "" || /^(?:https?|arxiv|search|daily|trending):/i.test(typed)) return null;
  return typed.slice(0, typed.lastIndexOf("/") + 1);
}

/** A file that completes the typed text. */
export interface Candidate {
  /** As it is shown. */
  readonly label: string;
  /** The path to open or, for a folder, to continue typing from. */
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * The files that may be meant: those whose names begin with what is typed, then those that have it
 * somewhere; case does not matter. Hidden ones only where a dot is typed.
 */
export function candidates(folder: Folder, typed: string): readonly Candidate[] {
  if (folderOf(typed) !== folder.path) return [];
  const wanted = typed.slice(folder.path.length).toLowerCase();
  const begun: FoundFile[] = [];
  const others: FoundFile[] = [];
  for (const file of folder.files) {
    const name = file.name.toLowerCase();
    if (name.startsWith(".") && !wanted.startsWith(".")) continue;
    if (name.startsWith(wanted)) begun.push(file);
    else if (name.includes(wanted)) others.push(file);
  }
  return [...begun, ...others].slice(0, most).map(({ name, isFolder }) => {
    const path = `${folder.path}${name}${isFolder ? "/" : ""}`;
    return { label: clean(path), path: isAmbiguous(path) ? `./${path}` : path, isFolder };
  });
}

/** What Tab makes of what is typed: all that the candidates begin with alike, else the chosen one. */
export function completed(typed: string, all: readonly Candidate[], chosen: Candidate | undefined): string {
  const begun = all.filter(({ path }) => path.toLowerCase().startsWith(typed.toLowerCase()));
  const [first] = begun;
  if (first !== undefined) {
    let length = first.path.length;
    for (const { path } of begun) {
      while (!path.startsWith(first.path.slice(0, length))) length -= 1;
    }
    // Half a surrogate pair is not a character.
    if (/[\ud800-\udbff]/.test(first.path.charAt(length - 1))) length -= 1;
    if (length > typed.length) return first.path.slice(0, length);
  }
  return chosen?.path ?? typed;
}

/** Whether a bare file name would mean something else: a source or an option. */
function isAmbiguous(path: string): boolean {
  return !path.includes("/") && /^(?:-|~|[a-z]+$|[a-z]+:)/i.test(path);
}

/** A path as file managers and shells hand it over: in quotes, with escaped signs, as a `file:` address. */
export function asPath(typed: string): string {
  const quoted = /^(["'])(.+)\1$/.exec(typed)?.[2];
  if (quoted !== undefined) return quoted;
  if (typed === "~") return "~/";
  const local = /^file:\/\/(?:localhost)?(\/.+)$/i.exec(typed)?.[1];
  if (local !== undefined) {
    try {
      return decodeURIComponent(local);
    } catch {
      return local;
    }
  }
  // On Windows a backslash separates folders, and a path begins with its drive.
  return /^[~/.]/.test(typed) ? typed.replace(/\\([ !"#$&'()*;<>?[\\\]`{|}])/g, "$1") : typed;
}
