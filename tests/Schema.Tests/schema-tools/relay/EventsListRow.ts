// A row that is refetched by its id, through Query.node.
import { graphql } from 'relay-runtime';

export const row = graphql`
  fragment EventsListRow_event on Event @refetchable(queryName: "EventsListRowRefetchQuery") {
    title
    startsAt
    status
  }
`;
