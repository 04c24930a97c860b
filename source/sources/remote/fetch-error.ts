/** What kept a listing from being fetched. */
export type FetchFailure =
  | "offline"
  | "timeout"
  | "cut"
  | "status"
  | "redirect"
  | "proxy"
  | "too-large"
  | "bad-answer"
  | "bad-address"
  | "cancelled";

/** A fetch that failed: `message` is a clause for people, without a full stop. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly failure: FetchFailure;
  /** Whether the same request may succeed a little later. */
  readonly mayPass: boolean;
  /** Milliseconds that the server asks to wait for. */
  readonly retryAfter: number | null;
  readonly status: number | null;

  constructor(
    failure: FetchFailure,
    message: string,
    {
      mayPass = false,
      retryAfter = null,
      status = null,
    }: { mayPass?: boolean; retryAfter?: number | null; status?: number | null } = {},
  ) {
    super(message);
    this.failure = failure;
    this.mayPass = mayPass;
    this.retryAfter = retryAfter;
    this.status = status;
  }
}
