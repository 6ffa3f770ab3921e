// Prints graphql-js's verdict on each request, before execution, as a JSON array of strings:
// "accepted", "invalid: …" for the document, or "refused: …" for the values of its variables.
// Usage: node verdicts.mjs schema.graphql requests.json
import { readFileSync } from 'node:fs';
import {
  buildSchema, getArgumentValues, getOperationAST, getVariableValues, parse, TypeInfo, validate, visit,
  visitWithTypeInfo,
} from 'graphql';

const [schemaFile, requestsFile] = process.argv.slice(2);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));

// Custom scalars accept everything here; the requests contain plainly valid or invalid values.
define('DateTime', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value));
define('Money', (value) => Number.isSafeInteger(value));
define('Metadata', (value) => typeof value === 'object' && !Array.isArray(value)
  && Object.values(value).every((text) => text === null || typeof text === 'string'));

function define(name, accepts) {
  const type = schema.getType(name);
  const coerceInputValue = (value) => {
    if (!accepts(value)) throw new Error(`This is not a ${name}.`);
    return value;
  };
  type.parseValue = coerceInputValue;
  type.coerceInputValue = coerceInputValue;
}

function judge({ query, variables, operationName }) {
  let document;
  try {
    document = parse(query);
  } catch (fault) {
    return `invalid: ${fault.message}`;
  }
  const [fault] = validate(schema, document);
  if (fault) return `invalid: ${fault.message}`;
  const operation = getOperationAST(document, operationName);
  if (!operation) return 'invalid: Unknown operation.';
  const { errors, variableValues } =
    getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors) return `refused: ${errors[0].message}`;
  try {
    coerceArguments(document, operation, variableValues);
    return 'accepted';
  } catch (refusal) {
    return `refused: ${refusal.message}`;
  }
}

// Includes fields that @skip omits, because an invalid value is always reported.
function coerceArguments(document, operation, variableValues) {
  const fragments = new Set();
  const definitions = [operation];
  const typeInfo = new TypeInfo(schema);
  for (const definition of definitions) {
    visit(definition, visitWithTypeInfo(typeInfo, {
      Field(node) {
        getArgumentValues(typeInfo.getFieldDef(), node, variableValues);
      },
      FragmentSpread({ name }) {
        if (fragments.has(name.value)) return;
        fragments.add(name.value);
        definitions.push(document.definitions.find((other) =>
          other.kind === 'FragmentDefinition' && other.name.value === name.value));
      },
      Directive(node) {
        getArgumentValues(schema.getDirective(node.name.value), node, variableValues);
      },
    }));
  }
}

console.log(JSON.stringify(JSON.parse(readFileSync(requestsFile, 'utf8')).map(judge)));
