// Builds a client schema from an introspection result, and prints how it differs from a schema file.
// Usage: node client-schema.mjs schema.graphql introspection.json
import { readFileSync } from 'node:fs';
import {
  buildClientSchema, buildSchema, lexicographicSortSchema, printSchema, validateSchema,
} from 'graphql';

const [schemaFile, introspectionFile] = process.argv.slice(2);
const { data } = JSON.parse(readFileSync(introspectionFile, 'utf8'));
const client = buildClientSchema(data);
const linesOf = (schema) => printSchema(lexicographicSortSchema(schema)).split('\n');

// Directives on members are not part of introspection, and printSchema omits them.
const printed = linesOf(buildSchema(readFileSync(schemaFile, 'utf8')));
const introspected = linesOf(client);

for (const { message } of validateSchema(client)) console.log(message);
const length = Math.max(printed.length, introspected.length);
for (let line = 0; line < length; line++) {
  if (printed[line] === introspected[line]) continue;
  console.log(`${line + 1}: ${printed[line]} | ${introspected[line]}`);
  break;
}
