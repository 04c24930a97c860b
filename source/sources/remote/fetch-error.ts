/** Why a listing could not be fetched. */
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
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
  /** The delay that the server asks for, in milliseconds. */
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
