// Prints the fullest introspection query that graphql-js knows.
import { getIntrospectionQuery } from 'graphql';

console.log(getIntrospectionQuery({
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
}));
