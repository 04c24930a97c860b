/** What of a source is on this machine. */
export interface KnownSource {
  /** As it is opened. */
  readonly name: string;
  readonly total: number;
  readonly unread: number;
  /** Papers that were in no listing before. */
  readonly fresh: number;
  /** When it was read last, in words: "08:24", "yesterday", "3 Nov"; `null` where that is not known. */
  readonly read: string | null;
}

/** What the panel of sources knows besides what was opened before. */
export interface Home {
  /** What the morning is made of, as the setting names it. */
  readonly subscriptions: readonly string[];
  readonly known: ReadonlyMap<string, KnownSource>;
}

export const noHome: Home = { subscriptions: [], known: new Map() };

/** Answers from outside. */
export type HomeMessage =
  | { readonly type: "home"; readonly subscriptions?: readonly string[]; readonly known?: KnownSource }
  /** What was typed as a source cannot be opened. */
  | { readonly type: "not-opened"; readonly typed: string; readonly why: string };

export type HomeEffect =
  /** Counts the papers of sources that are on this machine; answered by `home` for each. */
  | { readonly type: "look-home"; readonly names: readonly string[] }
  /** Adds a source to the morning, or takes it out. */
  | { readonly type: "subscribe"; readonly name: string };
