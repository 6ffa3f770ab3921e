// Prints the introspection query that graphql-js sends by default.
import { getIntrospectionQuery } from 'graphql';

console.log(getIntrospectionQuery());
