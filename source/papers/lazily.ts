/**
 * A value that is made when it is first asked for: tables that no first screen needs, so that no start waits for
 * them.
 * @param make what makes it; called once, and always with the same result
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
