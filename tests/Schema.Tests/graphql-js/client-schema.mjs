// Builds a client schema of an introspection result, and prints how it differs from a schema file.
// Usage: node client-schema.mjs schema.graphql introspection.json
import { readFileSync } from 'node:fs';
import {
  buildClientSchema, buildSchema, findBreakingChanges, findDangerousChanges, validateSchema,
} from 'graphql';

const [schemaFile, introspectionFile] = process.argv.slice(2);
const printed = buildSchema(readFileSync(schemaFile, 'utf8'));
const { data } = JSON.parse(readFileSync(introspectionFile, 'utf8'));
const client = buildClientSchema(data);

// Of the language's own directives, which buildSchema adds by itself, introspection does not show
// all yet: @specifiedBy, @oneOf, and that arguments and input fields may be @deprecated.
const notShownYet = /^(specifiedBy|oneOf) was removed|^[A-Z_]+ was removed from deprecated/;

const changes = [[printed, client], [client, printed]].flatMap(([left, right]) =>
  [...findBreakingChanges(left, right), ...findDangerousChanges(left, right)]);
for (const { message } of validateSchema(client)) console.log(message);
for (const { description } of changes) {
  if (!notShownYet.test(description)) console.log(description);
}
for (const type of Object.values(client.getTypeMap())) {
  const twin = printed.getType(type.name);
  if (twin && twin.description !== type.description)
    console.log(`${type.name}: the description differs.`);
}
