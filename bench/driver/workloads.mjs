// The requests to the servers, and the goals for the product as multiples of the floor.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { keyOf } from './keys.mjs';

const FLAT = `query Flat($first: Int!, $after: String) { orders(first: $first, after: $after) { nodes { id orderNumber
  status buyerEmail buyerName totalAmount feeAmount currency eventId livemode createdAt updatedAt }
  pageInfo { hasNextPage endCursor } } }`;
const TREE = `query Tree($first: Int!) { events(first: $first) { nodes { id title slug status startsAt currency
  ticketTypes(first: 3) { nodes { id name price currency quantityTotal quantitySold } }
  orders(first: 10) { nodes { id orderNumber status buyerEmail totalAmount createdAt
    attendees(first: 4) { nodes { id ticketCode status name } } } } } } }`;

const ORDERS_PAGE = fs.readFileSync(new URL('../../src/Dashboard/Orders/Orders.graphql', import.meta.url), 'utf8');

const bearer = (key) => ({ Authorization: `Bearer ${key}` });
const get = (path, headers = {}) => ({ method: 'GET', path, headers });
const post = (path, headers, body) => ({
  method: 'POST',
  path,
  headers: { ...headers, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const graph = (org, query, variables) =>
  post('/graphql', { ...bearer(org.key), Accept: 'application/json' }, { query, variables });

// 36 characters that the load replaces with a different number in each request.
export const UNIQUE = '@'.repeat(36);

const createEvent = (org) => post('/api/v1/events', { ...bearer(org.writeKey), 'Idempotency-Key': UNIQUE }, {
  title: 'Spring Workshop',
  slug: `w-${UNIQUE}`,
  timezone: 'America/Chicago',
  starts_at: '2026-09-15T18:00:00Z',
  currency: 'usd',
});

/** The checkout of one free ticket, by a different buyer each time. */
export const checkout = ({ eventId, typeId }) => post('/graphql', {
  Accept: 'application/json',
  'Idempotency-Key': UNIQUE,
}, {
  query: 'mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber status checkoutToken } }',
  variables: {
    input: {
      eventId,
      buyerName: 'Night Owl',
      buyerEmail: `buyer-${UNIQUE}@example.com`,
      items: [{ ticketTypeId: typeId, quantity: 1 }],
    },
  },
});

const rest = ['floor', 'product'];
const everybody = ['floor', 'product', 'peer'];

export const workloads = [
  {
    id: 'W1', title: '50 orders, REST', goal: 1.3, postgresGoal: 1.1, servers: rest,
    request: (org) => get('/api/v1/orders?limit=50', bearer(org.key)),
  },
  {
    id: 'W2', title: '50 orders, second page, REST', goal: 1.3, postgresGoal: 1.1, servers: rest, pageOf: 'W1',
    request: (org) => get(`/api/v1/orders?limit=50&cursor=${encodeURIComponent(org.cursor)}`, bearer(org.key)),
  },
  {
    id: 'W3', title: 'one event, REST', goal: 1.4, postgresGoal: 1.2, servers: rest,
    request: (org) => get(`/api/v1/events/${org.eventId}`, bearer(org.key)),
  },
  {
    id: 'W4', title: 'public listing, REST', goal: 0.5, postgresGoal: 0.1, servers: rest,
    request: (org) => get(`/api/v1/public/events?org_slug=${org.slug}`),
  },
  {
    id: 'W6', title: 'create an event, idempotent, REST', goal: 2.0, postgresGoal: 1.3, servers: rest, isWrite: true,
    request: createEvent,
  },
  {
    id: 'G1', title: '50 orders, GraphQL', goal: 1.4, postgresGoal: 1.1, servers: everybody,
    request: (org) => graph(org, FLAT, { first: 50 }),
  },
  {
    id: 'G2', title: '50 orders, second page, GraphQL', goal: 1.4, postgresGoal: 1.1, servers: everybody, pageOf: 'G1',
    request: (org) => graph(org, FLAT, { first: 50, after: org.cursor }),
  },
  {
    id: 'G5', title: '20 events, types, orders, attendees, GraphQL', goal: 1.8, postgresGoal: 1.2, servers: everybody,
    request: (org) => graph(org, TREE, { first: 20 }),
  },
  {
    id: 'D0', title: "the dashboard's page of 50 orders as a GraphQL operation", servers: ['product'], inSession: true,
    request: (org) => post('/graphql', {
      Cookie: org.session,
      Accept: 'application/json',
      'GraphQL-Require-Preflight': '1',
    }, { query: ORDERS_PAGE }),
  },
  {
    id: 'D1', title: "the dashboard's page of 50 orders, HTML", goal: 1.5, postgresGoal: 1.5, servers: ['product'],
    inSession: true, floor: 'D0',
    request: (org) => get(`/dashboard/${org.slug}/live/orders`, { Cookie: org.session }),
  },
];

/**
 * The organizations that the requests cycle through: those with events, in a scattered order.
 * @param writers how many of the others get new events; all by default
 */
export function organizations(count, writers = count - withEventsOf(count)) {
  const withEvents = withEventsOf(count);
  const all = Array.from({ length: withEvents }, (_, index) => organization(index + 1, withEvents, writers));
  return all.map((_, index) => all[(index * 77) % all.length]);
}

const withEventsOf = (count) => Math.floor(count * 9 / 10);

function organization(number, withEvents, writers) {
  const writer = withEvents + 1 + number % writers;
  // Event n belongs to organization 1 + n % withEvents.
  const event = number - 1 + withEvents * (1 + number % 8);
  return {
    slug: `org-${number}`,
    key: keyOf(number, 'live'),
    writeKey: keyOf(writer, 'live'),
    eventId: idOf('event', event),
  };
}

function idOf(kind, number) {
  const hex = createHash('md5').update(kind + number).digest('hex');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
