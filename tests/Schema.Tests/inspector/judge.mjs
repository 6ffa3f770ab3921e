// Reads a JSON array of [old schema, new schema], and prints for each pair what @graphql-inspector/core
// reports: an array with "LEVEL path" for each breaking or dangerous change, and whether there is any change.
// It reports no path for a change of a root type, so this script uses `schema.query`.
// Usage: node judge.mjs pairs.json
import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const rootPaths = {
  SCHEMA_QUERY_TYPE_CHANGED: 'schema.query',
  SCHEMA_MUTATION_TYPE_CHANGED: 'schema.mutation',
  SCHEMA_SUBSCRIPTION_TYPE_CHANGED: 'schema.subscription',
};
const pairs = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const judged = [];
for (const [before, after] of pairs) {
  const changes = await diff(buildSchema(before), buildSchema(after));
  judged.push({
    grave: [...new Set(changes
      .filter(({ criticality }) => criticality.level !== 'NON_BREAKING')
      .map(({ criticality, path, type }) => `${criticality.level} ${path ?? rootPaths[type]}`))].sort(),
    changed: changes.length > 0,
  });
}
console.log(JSON.stringify(judged));
