import { clean } from "../../text/clean.js";

/** A file or folder, by its name in its folder. */
export interface FoundFile {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What is in a folder, as it was when it was last looked at. */
export interface Folder {
  /** As it was typed, to its last slash: `~/papers/`; `""` is the folder that the program was started in. */
  readonly path: string;
  readonly files: readonly FoundFile[];
  /** Whether that is all there is: a file that is not among them is not there. */
  readonly isWhole?: boolean;
}

export const noFolder: Folder = { path: "", files: [] };

/** No more are listed: who has as many types another letter. */
const most = 200;

/** The folder that a source being typed is looked for in; `null` where it is no path. */
export function folderOf(typed: string): string | null {
  if (typed === "" || /^(?:https?|arxiv|search|daily|trending):/i.test(typed)) return null;
  return typed.slice(0, typed.lastIndexOf("/") + 1);
}

/** A file that what is typed may become. */
export interface Candidate {
  /** As it is shown. */
  readonly label: string;
  /** As it is opened or, for a folder, typed on. */
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
    // Half a character outside the basic plane is none.
    if (/[\ud800-\udbff]/.test(first.path.charAt(length - 1))) length -= 1;
    if (length > typed.length) return first.path.slice(0, length);
  }
  return chosen?.path ?? typed;
}

/** Whether a file's bare name would be taken for something else: a source of that name, an option. */
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
  // On Windows a backslash parts folders, and a path there begins with its drive.
  return /^[~/.]/.test(typed) ? typed.replace(/\\([ !"#$&'()*;<>?[\\\]`{|}])/g, "$1") : typed;
}
