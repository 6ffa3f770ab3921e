// A public event beside the event itself: two records with one id.
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
