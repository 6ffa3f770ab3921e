// A list with paging and refetching, as relay-compiler reads it.
import { graphql } from 'relay-runtime';

export const page = graphql`
  query EventsListQuery($count: Int!, $cursor: String) {
    ...EventsList_query @arguments(count: $count, cursor: $cursor)
  }
`;

export const list = graphql`
  fragment EventsList_query on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "EventsListPaginationQuery") {
    events(first: $count, after: $cursor) @connection(key: "EventsList_events") {
      edges {
        node {
          id
          ...EventsListRow_event
        }
      }
    }
  }
`;
