import { createClient } from 'graphql-sse';

/** Follows a subscription across reconnects, without missing anything. */
export async function* follow<Data extends Record<string, unknown>>(
  url: string,
  headers: Record<string, string>,
  request: { query: string; variables?: Record<string, unknown> },
) {
  let lastEventId: string | null = null;
  const client = createClient({
    url,
    headers: () => (lastEventId ? { ...headers, 'Last-Event-ID': lastEventId } : headers),
    fetchFn: async (...call: Parameters<typeof fetch>) => {
      const response = await fetch(...call);
      lastEventId ??= response.headers.get('Last-Event-ID');
      // Errors that a retry can't fix, such as a revoked key, become a result.
      return [400, 401, 403].includes(response.status) ? asStream(await response.text()) : response;
    },
    retryAttempts: Infinity,
    retry: (attempt) => new Promise((go) => setTimeout(go, Math.min(250 * 2 ** attempt, 30_000))),
  });
  for await (const answer of client.iterate<Data, { lastEventId?: string }>(request)) {
    lastEventId = answer.extensions?.lastEventId ?? lastEventId;
    yield answer;
  }
}

function asStream(answer: string): Response {
  return new Response(`event: next\ndata: ${answer}\n\nevent: complete\ndata:\n\n`, {
    headers: { 'Content-Type': 'text/event-stream' },
  });
}
