import type { TypedDocumentString } from './generated/graphql';

/** The reason why there is no response, and the request id in the API's log. */
export class ApiError extends Error {
  constructor(message: string, readonly requestId: string | null) {
    super(message);
  }
}

/** Runs one of this page's operations. Only the hash is sent: the server has the text. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal: AbortSignal,
): Promise<Result> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ documentId: document.__meta__?.hash, variables }),
    signal,
  }).catch(() => {
    throw new ApiError("This page's server does not respond.", null);
  });
  const requestId = response.headers.get('X-Request-Id');
  const { data, errors } = await response.json().catch(() => {
    throw new ApiError(`The answer was cut off (status ${response.status}).`, requestId);
  });
  if (errors) throw new ApiError(errors[0].message, requestId);
  return data;
}
