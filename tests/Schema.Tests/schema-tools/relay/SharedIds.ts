// A public event alongside the event itself: two records with the same id.
import { graphql } from 'relay-runtime';

export const both = graphql`
  query SharedIdsQuery($org: String!, $slug: String!, $id: ID!) {
    publicEvent(orgSlug: $org, slug: $slug) {
      title
    }
    event(id: $id) {
      title
      status
    }
  }
`;
