// Prints the number of each order of an event as it is confirmed, and when it has connected.
// Usage: node orders.mjs URL KEY EVENT_ID
import { follow } from './generated/follow.js';

const [url, key, eventId] = process.argv.slice(2);
const connect = globalThis.fetch;
globalThis.fetch = async (...call) => {
  const response = await connect(...call);
  if (response.ok) console.log('connected');
  return response;
};
const answers = follow(url, { Authorization: `Bearer ${key}` }, {
  query: 'subscription ($eventId: ID!) { orderConfirmed(eventId: $eventId) { orderNumber } }',
  variables: { eventId },
});
for await (const { data, errors } of answers) {
  console.log(errors ? JSON.stringify(errors) : data.orderConfirmed.orderNumber);
}
console.log('complete');
