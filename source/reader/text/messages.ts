import { textIdOf } from "../../papers/identity.js";
import { noText } from "../detail/links.js";
import type { Model, Notice } from "../model.js";
import { closed } from "./leaving.js";
import { blockOfAnchor, firstRow, fitText, jumped, scrolledTo, textGeometry, withMore } from "./open-text.js";
import { cardOf } from "./references.js";
import type { TextMessage } from "./text-messages.js";
import type { OpenText } from "./text-state.js";

/** Handles the answer to a request for a text; answers for a closed text are dropped. */
export function onTextMessage(model: Model, message: TextMessage): Model {
  const { text: open } = model;
  if (open !== null && message.type === "text-more") return { ...model, text: filled(open, message, model) };
  if (open === null || open.text !== null || message.paper !== open.paper.id) return model;
  switch (message.type) {
    case "text-progress":
      return { ...model, text: { ...open, working: message.words } };
    case "text-read": {
      const { text, isWhole, address, marks, place, note } = message;
      const read = fitText({ ...open, text, isWhole, address, marks, working: null }, model);
      const block = place === "" ? -1 : blockOfAnchor(text, place);
      const shown =
        block >= 0
          ? scrolledTo(read, firstRow(read.rows, block), model.size)
          : { ...read, awaited: place === "" || isWhole ? null : { anchor: place } };
      const notice: Notice | null = note === null ? null : { text: note, tone: "info" };
      return { ...model, text: shown, notice: notice ?? model.notice };
    }
    case "text-more":
      return model;
    case "text-failed":
      // No server has it, and none was kept from a file.
      if (textIdOf(open.paper) === null && !model.listing.texts.has(open.paper.id))
        return { ...closed(model, open), notice: { text: noText(open.paper), tone: "info" } };
      // It stays where it is: the `q` of someone who was about to leave it must not quit.
      return { ...model, text: { ...open, working: null, failure: message.reason.replace(/\n/g, " ") } };
    case "reference-read": {
      const { paper, bits } = message.found;
      const marks = { ...open.parent?.marks, [paper.id]: bits };
      const card: OpenText = { ...open, paper, isCard: true, text: cardOf(paper), working: null, marks };
      const notice: Notice = { text: "f reads its text · s stars it · Backspace returns", tone: "info" };
      return { ...model, text: fitText(card, model), notice };
    }
  }
}

/** The open text, or one that it was opened from, with further blocks. */
function filled(
  open: OpenText,
  message: Extract<TextMessage, { type: "text-more" }>,
  model: Model,
): OpenText {
  if (open.isWhole || open.isCard || open.paper.id !== message.paper)
    return open.parent === null ? open : { ...open, parent: filled(open.parent, message, model) };
  const marked = { ...open, isWhole: message.isLast, marks: { ...open.marks, ...message.marks } };
  const more = withMore(marked, message.blocks, message.isTruncated, model);
  const { awaited } = more;
  if (awaited === null) return more;
  if (awaited === "end") {
    return jumped(more, scrolledTo(more, more.rows.length, model.size));
  }
  const at = more.text === null ? -1 : blockOfAnchor(more.text, awaited.anchor);
  const row = firstRow(more.rows, at);
  const isShown = at >= 0 && (more.isWhole || row + textGeometry(model.size).height <= more.rows.length);
  return isShown ? { ...scrolledTo(more, row, model.size), awaited: null } : more;
}
