/**
 * A function of a text that remembers its last answers: of a frame's lines most are those of the frame
 * before, which Ink looks through for control sequences twice each, one character at a time.
 *
 * @param most how many answers are kept before all are forgotten
 */
export function remembered(answer: (text: string) => string, most = 2_048): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let said = known.get(text);
    if (said === undefined) {
      said = answer(text);
      if (known.size >= most) known.clear();
      known.set(text, said);
    }
    return said;
  };
}
