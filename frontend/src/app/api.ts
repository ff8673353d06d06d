/** The REST interface, as far as the pages use it. Errors are problem details: their `detail` is for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const UNREACHED = "The server cannot be reached just now.";

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError(0, UNREACHED); // a browser has words of its own for it, and each has others
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string };
    throw new ApiError(response.status, problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** False only when the server is there and knows nothing of the session. */
export async function sessionExists(id: string): Promise<boolean> {
  try {
    await call("GET", `/sessions/${encodeURIComponent(id)}/topology`);
    return true;
  } catch (error) {
    return !(error instanceof ApiError && (error.status === 404 || error.status === 410));
  }
}
