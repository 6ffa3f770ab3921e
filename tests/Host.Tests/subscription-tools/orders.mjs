// Prints the number of each of an event's orders when it is confirmed, and a line for each connection.
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
