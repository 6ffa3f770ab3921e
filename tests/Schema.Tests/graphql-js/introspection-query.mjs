// Prints graphql-js's most complete introspection query.
import { getIntrospectionQuery } from 'graphql';

console.log(getIntrospectionQuery({
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
}));
