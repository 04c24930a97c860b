/**
 * One key as the reader pressed it. `name` is what the keymap goes by: `j`, `G`, `down`, `ctrl-d`,
 * `pagedown`, `enter`, `escape`, `space`, `alt-b`, or `paste`. `text` is what the key would type:
 * one grapheme, or the whole text of a paste; `null` for keys that type nothing.
 */
export interface Key {
  readonly name: string;
  readonly text: string | null;
}
