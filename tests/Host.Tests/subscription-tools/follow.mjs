// Prints the number of each order of an event as it is confirmed, over as many connections as it takes.
// Usage: node follow.mjs URL KEY EVENT_ID
import { createClient } from 'graphql-sse';

const [url, key, eventId] = process.argv.slice(2);
let lastEventId;
const client = createClient({
  url,
  headers: () => ({
    Authorization: `Bearer ${key}`,
    ...(lastEventId && { 'Last-Event-ID': lastEventId }),
  }),
  fetchFn: async (...request) => {
    const response = await fetch(...request);
    lastEventId ??= response.headers.get('Last-Event-ID');
    return response;
  },
  retryAttempts: Infinity,
  retry: () => new Promise((resolve) => setTimeout(resolve, 100)),
  on: {
    connected: (again) => console.log(again ? 'connected again' : 'connected'),
  },
});
const answers = client.iterate({
  query: 'subscription ($eventId: ID!) { orderConfirmed(eventId: $eventId) { orderNumber } }',
  variables: { eventId },
});
for await (const { data, errors, extensions } of answers) {
  lastEventId = extensions.lastEventId ?? lastEventId;
  console.log(errors ? JSON.stringify(errors) : data.orderConfirmed.orderNumber);
}
console.log('complete');
