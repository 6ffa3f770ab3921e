// The contents of the tabs on the first visit.
export const examples = [
  {
    query: `# Who am I? Put a test key into the field above, then press Ctrl-Enter.
query Viewer {
  viewer {
    mode
    plan
    scopes
    organization { name slug }
  }
}
`,
  },
  {
    query: `# A page of your events, newest first, with what each sells.
query Events($first: Int = 10, $after: String) {
  events(first: $first, after: $after) {
    nodes {
      id
      title
      status
      startsAt
      ticketsSold
      ticketTypes(first: 5) { nodes { name price quantityAvailable } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: '{ "first": 10 }',
  },
  {
    query: `# What everybody sees. Needs no key.
query PublicEvents($orgSlug: String!) {
  publicEvents(orgSlug: $orgSlug, first: 10) {
    nodes { title startsAt url ticketTypes { name price status } }
  }
}
`,
    variables: '{ "orgSlug": "demo" }',
  },
  {
    query: `# Orders as they are confirmed. Press the button again to end it.
subscription Orders($eventId: ID!) {
  orderConfirmed(eventId: $eventId) {
    orderNumber
    totalAmount
    currency
  }
}
`,
    variables: '{ "eventId": "" }',
  },
];
