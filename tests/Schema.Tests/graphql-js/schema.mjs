// Prints the errors that graphql-js finds in a schema file, and the members without a description.
// Usage: node schema.mjs schema.graphql
import { readFileSync } from 'node:fs';
import {
  buildSchema, isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType,
  isSpecifiedDirective, isSpecifiedScalarType, validateSchema,
} from 'graphql';

const schema = buildSchema(readFileSync(process.argv[2], 'utf8'));

function* described() {
  yield ['schema', schema];
  for (const directive of schema.getDirectives().filter((d) => !isSpecifiedDirective(d))) {
    yield [`@${directive.name}`, directive];
    for (const argument of directive.args) yield [`@${directive.name}(${argument.name})`, argument];
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield [type.name, type];
    yield* membersOf(type);
  }
}

function* membersOf(type) {
  if (isEnumType(type)) {
    for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
  } else if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field];
      for (const argument of field.args ?? [])
        yield [`${type.name}.${field.name}(${argument.name})`, argument];
    }
  }
}

for (const error of validateSchema(schema)) console.log(error.message);
for (const [name, member] of described()) {
  if (!member.description?.trim()) console.log(`${name} has no description.`);
}
