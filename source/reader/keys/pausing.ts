import { triageKeys } from "../list/triage.js";
import type { Effect, Message, Update } from "../messages.js";
import { current, type Model, type Pause } from "../model.js";
import { closePanel, letQWait, linesWith, panelEntries, qMayClose, typeInPanel } from "../panels/panel.js";
import type { Key } from "./key.js";
import { type CommandName, commandOf } from "./keymap.js";
import { answerOf } from "./line-editor.js";

/** How long keys are ignored, in seconds: longer than the gap between two keys typed fast. */
const seconds = { triage: 0.7, q: 0.4, name: 0.4, backspace: 0.4, arrival: 0.6, asked: 0.5 } as const;

/** How long a `q` waits for another letter, in seconds. */
const wordSeconds = 0.4;

/** Letters that often follow `q` in a word. The others never do: after leaving a panel, people press these. */
const oftenAfterQ: ReadonlySet<string> = new Set(["a", "e", "i", "o", "u"]);
const neverAfterQ: ReadonlySet<string> = new Set(["q", "j", "k"]);
/** What is done next in the list, too. In words of one's own, such as qwen, these are rare after a `q`. */
const rarelyAfterQ: ReadonlySet<string> = new Set(["n", "s", "m"]);

function pause(model: Model, effects: readonly Effect[], after: Pause["after"]): Update {
  const number = model.pauses + 1;
  const effect = { type: "pause", number, seconds: seconds[after] } as const;
  return [{ ...model, pause: { number, after }, pauses: number }, [...effects, effect]];
}

/**
 * Begins a pause after what has just closed. One `x` or `s` too many was meant for the triage, and a Backspace
 * too many for the typed text: in the list they would do something else.
 */
export function pauseAfter(before: Model, message: Message, [model, effects]: Update): Update {
  const key = message.type === "key" ? message.key.name : null;
  // The triage's help may be open.
  if (before.mode === "triage" && model.triage === null) {
    return key === "escape" || key === "q" || key === "ctrl-c"
      ? [model, effects]
      : pause(model, effects, "triage");
  }
  // A second Enter too soon was no answer: it would overwrite the file before anyone read that it exists.
  if (!before.file.isThere && model.file.isThere) return pause(model, effects, "asked");
  // What Enter put in the place of a misspelt word has not been seen yet.
  const { text: filter } = model.filter.query;
  const isMended = before.mode === "filter" && filter !== "" && before.filter.query.text !== filter;
  if (key === "enter" && isMended && model.mode === "browse") return pause(model, effects, "arrival");
  if (key === "backspace" && isTyping(before) && !isTyping(model)) return pause(model, effects, "backspace");
  // Who types a name for a panel that did not open has not read why.
  const isAnswered = before.pause === null && model.held.length === 0 && model.notice !== null;
  const isRefused = key !== null && before.mode === "browse" && model.mode === "browse" && isAnswered;
  if (!isRefused) return [model, effects];
  const command = commandOf("browse", key);
  // Nothing was unread: the keys of the triage would take the star from the paper under the cursor.
  if (command === "triage") return pause(model, effects, "triage");
  return opensNames.has(command) ? pause(model, effects, "name") : [model, effects];
}

/** Commands that open a panel in which names are typed, or say why there is none. */
const opensNames: ReadonlySet<CommandName | null> = new Set(["watches", "follow", "mute"]);

/**
 * Begins a pause after papers that came by themselves have put another one under the cursor: a key that was on its
 * way was meant for the one before.
 */
export function pauseAfterArrival(before: Model, [model, effects]: Update): Update {
  const under = (one: Model) => {
    const at = current(one);
    return at === null ? null : one.listing.id(at);
  };
  const isOther = under(before) !== null && under(before) !== under(model);
  return !before.isUsed && isOther ? pause(model, effects, "arrival") : [model, effects];
}

/** Commands that do something with the paper under the cursor. */
const actsOnPaper: ReadonlySet<CommandName | null> = new Set([
  "star",
  "later",
  "read",
  "mark-all-read",
  "follow",
  "mute",
]);

function isTyping({ mode, text }: Model): boolean {
  if (mode === "text") return text !== null && (text.search.isTyping || text.goingTo !== null);
  return mode === "filter" || mode === "panel";
}

/**
 * Ignores a key during a pause; `null` if it acts. What may be the rest of the same word, or the same key held
 * down, begins the pause again.
 */
export function ignore(model: Model, key: Key): Update | null {
  if (model.pause === null || commandOf("panel", key.name) !== null) return null;
  const { after } = model.pause;
  // No word has a second q; who presses it wants to leave.
  if (after === "q" && key.name === "q") return null;
  if (after === "arrival") {
    if (model.mode !== "browse" || !actsOnPaper.has(commandOf("browse", key.name))) return null;
    return [
      { ...model, notice: { text: "these papers have just arrived · press the key again", tone: "info" } },
      [],
    ];
  }
  if (after === "asked")
    return answerOf(key) === "yes" && model.file.isThere ? pause(model, [], after) : null;
  if (after === "backspace") return key.name === after && !isTyping(model) ? pause(model, [], after) : null;
  const isMore =
    after === "triage"
      ? triageKeys.some((one) => one.key === key.name)
      : key.text !== null && key.name !== "j" && key.name !== "k";
  // A later q may be in a word: "qingqing".
  return isMore ? pause(model, [], after === "q" ? "name" : after) : [model, []];
}

/** A pause is over: keys act again, or a `q` that no letter followed closes its panel. */
export function onPauseOver(model: Model, number: number): Update {
  if (model.pause?.number === number) return [{ ...model, pause: null }, []];
  return model.mode === "panel" && model.panel.qWaits === number ? closeByQ(model) : [model, []];
}

/** Whoever types a word slowly goes on after the panel has closed. */
function closeByQ(model: Model): Update {
  return pause(closePanel(model), [], "q");
}

/**
 * A `q` in a panel in which nothing is typed closes it, unless a small letter follows at once with which it begins a
 * word, or what a line has. `null` if the key is something else; `type` handles the letter.
 */
export function onQ(model: Model, key: Key, type: (model: Model, key: Key) => Update): Update | null {
  const { qWaits } = model.panel;
  if (qWaits === undefined) {
    if (key.name !== "q" || !qMayClose(model)) return null;
    const number = model.pauses + 1;
    return [
      { ...letQWait(model, number), pauses: number },
      [{ type: "pause", number, seconds: wordSeconds }],
    ];
  }
  const free = letQWait(model, undefined);
  // As if it had been typed and deleted.
  if (key.name === "backspace") return [free, []];
  if (key.name === "escape") return [closePanel(free), []];
  const typed = typeInPanel(free, { name: "q", text: "q" }).model;
  return beginsWord(typed, key) ? type(typed, key) : closeByQ(free);
}

/** Whether a key after a `q` begins a word, and is not what somebody does next who has left the panel. */
function beginsWord(typed: Model, key: Key): boolean {
  const isSmall = key.text !== null && /^\p{Ll}/u.test(key.text) && !neverAfterQ.has(key.name);
  if (!isSmall || oftenAfterQ.has(key.name)) return isSmall;
  const next = typeInPanel(typed, key).model;
  return (rarelyAfterQ.has(key.name) ? linesWith(next) : panelEntries(next)).length > 0;
}
