import type { Library, Reverted } from "../library/library.js";
import { isInterestId } from "../papers/interests/interest.js";
import type { Message } from "../reader/messages.js";
import { counted } from "../text/numbers.js";
import { keptForNow } from "./marks-of.js";
import { shownTime, textOf } from "./panels/history.js";

/** Keys that come faster than this, in milliseconds, are held or typed in a row: nobody has read what was said. */
const hurried = 400;

/** Undoes and redoes changes for the screen. */
export class Undoing {
  readonly #library: Library;
  readonly #dispatch: (message: Message) => void;
  readonly #say: (text: string, tone: "info") => void;
  readonly #sendInterests: () => void;
  /** When this visit began, in milliseconds since 1970. */
  readonly #began = Date.now();
  /** The change of an earlier visit that was named last, and when, in milliseconds. */
  #named: { readonly id: string; readonly at: number } | null = null;

  /** @param sendInterests called where a watch, follow, mute or struck reason has changed */
  constructor(
    library: Library,
    dispatch: (message: Message) => void,
    say: (text: string, tone: "info") => void,
    sendInterests: () => void,
  ) {
    this.#library = library;
    this.#dispatch = dispatch;
    this.#say = say;
    this.#sendInterests = sendInterests;
  }

  /**
   * @param alone only the person's last change, not its group
   * @param isNamed whether a change of an earlier visit was named and is still on the screen
   */
  undo(alone: boolean, isNamed = false): void {
    const library = this.#library;
    if (!alone && this.#isForeign(library.nextToUndo, isNamed)) return;
    this.#reverted("undid", library.undo(alone), " · Ctrl-R redoes them");
  }

  /**
   * Whether changes were made before this visit, or by another program, and nobody has asked for them yet. They
   * are named then, and the next `u` undoes them: who scrolls with `u`, as in less, loses no marks.
   */
  #isForeign(changes: Library["nextToUndo"], isNamed: boolean): boolean {
    const [change] = changes;
    if (change === undefined || change.id.startsWith(this.#library.run)) return false;
    const now = performance.now();
    const isAsked = isNamed && this.#named?.id === change.id && now - this.#named.at > hurried;
    this.#named = isAsked ? null : { id: change.id, at: now };
    if (isAsked) return false;
    const last = textOf(change);
    const what = changes.length === 1 ? last : `${counted(changes.length, "change")}, the last ${last}`;
    const at = shownTime(new Date(change.at));
    const isEarlier = Date.parse(change.at) < this.#began;
    const text = `u again undoes what ${isEarlier ? `you did on ${at}` : "another window did"}: ${what}`;
    this.#dispatch({ type: "noticed", notice: { text, tone: "info", namesUndo: true } });
    return true;
  }

  undoTo(id: string): void {
    this.#reverted("undid", this.#library.undoTo(id), " · Ctrl-R redoes them one by one");
  }

  /** Shows the result of undoing or redoing changes, and says with `back` how to get several back. */
  #reverted(verb: "undid" | "redid", reverted: readonly Reverted[], back = ""): void {
    if (reverted.length === 0) this.#say(`nothing to ${verb === "undid" ? "undo" : "redo"}`, "info");
    for (const { change, papers, error } of reverted) {
      const why = error && keptForNow(error);
      this.#dispatch({ type: "reverted", verb, label: change.label, papers, error: why });
    }
    if (reverted.some(({ papers }) => papers.some(({ paper }) => isInterestId(paper)))) {
      this.#sendInterests();
    }
    const failed = reverted.some(({ error }) => error !== null);
    if (reverted.length > 1 && !failed)
      this.#say(`${verb} ${counted(reverted.length, "change")}${back}`, "info");
  }

  redo(): void {
    this.#reverted("redid", this.#library.redo());
  }
}
