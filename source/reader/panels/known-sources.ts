/** What this machine has of a source. */
export interface KnownSource {
  /** As it is opened. */
  readonly name: string;
  readonly total: number;
  readonly unread: number;
  /** Papers that were in no earlier listing. */
  readonly fresh: number;
  /** When it was read last, in words: "08:24", "yesterday", "3 Nov"; `null` where that is not known. */
  readonly read: string | null;
  /** Set for a file that is not there. */
  readonly isGone?: true;
}

/** What the panel of sources knows besides recent sources. */
export interface Home {
  /** The sources of the morning, as named in the settings. */
  readonly subscriptions: readonly string[];
  readonly known: ReadonlyMap<string, KnownSource>;
}

export const noHome: Home = { subscriptions: [], known: new Map() };

/** Answers from outside. */
export type HomeMessage =
  | { readonly type: "home"; readonly subscriptions?: readonly string[]; readonly known?: KnownSource }
  /** A typed source cannot be opened. */
  | { readonly type: "not-opened"; readonly typed: string; readonly why: string };

export type HomeEffect =
  /** Counts the papers this machine has of each source; `home` answers for each. */
  | { readonly type: "look-home"; readonly names: readonly string[] }
  /** Adds a source to the morning or removes it. */
  | { readonly type: "subscribe"; readonly name: string };
