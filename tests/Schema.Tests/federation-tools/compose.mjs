// Reads the SDL in a file as Apollo's tools do, composes it with a subgraph that adds a field to Event,
// and prints the supergraph.
// Usage: node compose.mjs FILE
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

const ratings = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

  type Event @key(fields: "id") {
    id: ID!
    rating: Int
  }

  type Query {
    bestRated: Event
  }
`;
const equaticket = parse(readFileSync(process.argv[2], 'utf8'));
buildSubgraphSchema(equaticket);
const { supergraphSdl, errors } = composeServices([
  { name: 'equaticket', url: 'http://localhost:5080/graphql', typeDefs: equaticket },
  { name: 'ratings', url: 'http://localhost:4000', typeDefs: parse(ratings) },
]);
if (errors?.length) {
  console.error(errors.map((error) => error.message).join('\n'));
  process.exit(1);
}
console.log(supergraphSdl);
