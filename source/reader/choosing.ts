import { filterBy } from "./filter/filtering.js";
import { isOrderChosen, looksForWords, orderOf } from "./for-you/order.js";
import { rankAnew } from "./for-you/ranked.js";
import { recordInterest } from "./interests/saving.js";
import { enterView, enterWatch, runCommand } from "./keys/commands.js";
import { withRows } from "./list/views.js";
import type { Update } from "./messages.js";
import { current, type Model, type Sort } from "./model.js";
import { onCopyKey } from "./panels/copying.js";
import type { Chosen } from "./panels/entry.js";
import { sortName } from "./start.js";
import { swapPlaces } from "./text/leaving.js";
import { firstRow, jumped, scrolledTo } from "./text/open-text.js";
import type { ThemeName } from "./theme.js";

/** Carries out the chosen line of a panel, or says that nothing was to be done. */
export function choose(model: Model, chosen: Exclude<Chosen, { type: "folder" }>, typed: string): Update {
  const [next, effects] = carryOut(model, chosen, typed);
  const isDone = effects.length > 0 || !isSameScreen(model, next);
  return isDone ? [next, effects] : say(next, "that changes nothing here");
}

/** Whether a command has changed nothing that a person sees. */
function isSameScreen(before: Model, after: Model): boolean {
  const fields = [
    "mode",
    "notice",
    "view",
    "watch",
    "cursor",
    "top",
    "focus",
    "zoom",
    "asSource",
    "shows",
  ] as const;
  const { shown, detailTops } = before;
  return (
    fields.every((field) => before[field] === after[field]) &&
    (["settings", "marks", "text"] as const).every((field) => before[field] === after[field]) &&
    before.filter.query === after.filter.query &&
    shownOrder(before) === shownOrder(after) &&
    shown.length === after.shown.length &&
    shown.every((at, row) => at === after.shown[row]) &&
    [...after.detailTops].every(([paper, top]) => top === (detailTops.get(paper) ?? 0))
  );
}

/** The order that the screen names. */
function shownOrder(model: Model): string {
  return isOrderChosen(model) ? sortName(orderOf(model)) : "";
}

function carryOut(model: Model, chosen: Exclude<Chosen, { type: "folder" }>, typed: string): Update {
  switch (chosen.type) {
    case "command":
      return runCommand(model, chosen.command, chosen.count ?? null);
    case "sort":
      return [sorted(model, chosen.sort), []];
    case "view":
      return [enterView(model, chosen.view), []];
    case "theme":
      return [withTheme(model, chosen.theme), [{ type: "keep-theme", theme: chosen.theme }]];
    case "copy":
      return onCopyKey(model, { name: chosen.key, text: chosen.key });
    case "filter":
      return [filterBy(model, chosen.text), []];
    case "change":
      return [model, [{ type: "undo-to", id: chosen.id }]];
    case "watch":
      return [enterWatch(model, chosen.id), []];
    case "interest":
      return [model, [recordInterest(chosen.label, chosen.change)]];
    case "section": {
      const { text, size } = model;
      if (text === null) return [model, []];
      const next = scrolledTo(text, firstRow(text.rows, chosen.block), size);
      return [{ ...model, text: { ...jumped(text, next), link: null } }, []];
    }
    case "swap-places":
      return model.text === null ? [model, []] : swapPlaces(model, model.text);
    case "source":
      return [model, [{ type: "open-source", name: chosen.name, typed }]];
    case "yours":
      return [model, [{ type: "open-source", name: "yours", filter: chosen.filter }]];
    case "subscribe": {
      const name = chosen.name ?? model.source;
      if (name === "morning") return say(model, "this is your morning · a lists its sources");
      if (name === null) return say(model, "what came from a pipe cannot be in the morning");
      return [model, [{ type: "subscribe", name }]];
    }
    case "settings":
      return [model, [{ type: "name-settings" }]];
    case "say":
      return say(model, chosen.text);
  }
}

function say(model: Model, text: string): Update {
  return [{ ...model, notice: { text, tone: "info" } }, []];
}

/** The rows in another order. */
export function sorted(model: Model, sort: Sort): Model {
  const anew = sort.key === "for-you" ? rankAnew(model) : model;
  const { filter } = anew;
  const next: Model = looksForWords(filter) ? { ...anew, filter: { ...filter, sort } } : { ...anew, sort };
  // Who has not moved yet wants to see what comes first.
  return withRows(next, model.cursor === 0 ? null : current(model));
}

/** Changes the theme; colours set one by one in the settings stay. */
function withTheme(model: Model, name: ThemeName): Model {
  const { theme } = model.settings;
  const own = typeof theme === "object" && Object.keys(theme).some((one) => one !== "base");
  const notice = {
    text: own ? `theme: ${name}, with your own colours` : `theme: ${name}`,
    tone: "info",
  } as const;
  const chosen = own ? { ...theme, base: name } : name;
  return { ...model, settings: { ...model.settings, theme: chosen }, notice };
}
