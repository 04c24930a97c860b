/** What the tests use of citation-js, which brings no types. */
declare module "@citation-js/core" {
  export const plugins: {
    readonly input: {
      /** Reads a text of the given format, as CSL-JSON. */
      chain(
        text: string,
        options: { readonly generateGraph: boolean; readonly forceType: string },
      ): Record<string, unknown>[];
      /** Reads it one step only, as the format has it. */
      data(text: string, type: string): unknown[];
      readonly util: {
        /** CSL-JSON without what its schema does not allow; not strict, it guesses what was meant. */
        clean(items: readonly unknown[], guesses: boolean): unknown[];
      };
    };
  };
  export const logger: { level: string; _console: { log(...message: unknown[]): void } };
}
declare module "@citation-js/plugin-bibtex" {}
declare module "@citation-js/plugin-ris" {}
