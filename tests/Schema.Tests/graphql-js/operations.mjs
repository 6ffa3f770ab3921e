// Prints the errors that graphql-js finds in the operations of a folder, each with all its fragments.
// Usage: node operations.mjs schema.graphql folder
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, Kind, parse, validate, visit } from 'graphql';

const [schemaFile, folder] = process.argv.slice(2);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.graphql'));
const definitions = files.flatMap((file) =>
  parse(readFileSync(join(folder, file), 'utf8')).definitions);
const fragments = new Map(definitions
  .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  .map((fragment) => [fragment.name.value, fragment]));
const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);

function withFragments(definition, found = new Set([definition])) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment || found.has(fragment)) return;
      found.add(fragment);
      withFragments(fragment, found);
    },
  });
  return [...found];
}

for (const operation of operations) {
  const document = { kind: Kind.DOCUMENT, definitions: withFragments(operation) };
  for (const error of validate(schema, document))
    console.log(`${operation.name.value}: ${error.message}`);
}
if (operations.length === 0) console.log(`${folder} holds no operation.`);
