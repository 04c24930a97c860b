/** What the command line says of how a listing is read, chosen and shown. */
export interface Options {
  readonly filter: string;
  /** As `readSort` takes it. */
  readonly sort: string;
  readonly limit: number | null;
  readonly json: boolean;
  /** Print every problem of the listing, not only the first few. */
  readonly problems: boolean;
  readonly date: string | undefined;
  readonly ascii: boolean;
  readonly color: boolean | null;
}
