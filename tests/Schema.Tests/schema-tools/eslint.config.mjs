import graphql from '@graphql-eslint/eslint-plugin';

const recommended = graphql.configs['flat/schema-recommended'].rules;
const relay = graphql.configs['flat/schema-relay'].rules;
const [level, naming] = recommended['@graphql-eslint/naming-convention'];
const objects = 'ObjectTypeDefinition,ObjectTypeExtension';

export default [
  {
    files: ['**/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: { schema: 'generated/schema.graphql', documents: '{operations,generated/web}/**/*.graphql' },
      },
    },
    plugins: { '@graphql-eslint': graphql },
  },
  {
    files: ['generated/schema.graphql'],
    rules: {
      ...recommended,
      ...relay,
      // Descriptions are printed on one line each, in single quotes.
      '@graphql-eslint/description-style': ['error', { style: 'inline' }],
      // "Ticket type" is the product's term for what an event sells, not a suffix.
      '@graphql-eslint/naming-convention': [
        level, { ...naming, [objects]: { forbiddenPrefixes: ['Type'] } },
      ],
      // An order's `orderNumber` has the same name in REST, webhooks, and emails.
      '@graphql-eslint/no-typename-prefix': 'off',
      // A connection has `nodes` in addition to `edges`, for clients that need no cursors.
      '@graphql-eslint/relay-edge-types': [
        'error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false, withEdgeSuffix: true },
      ],
      // Values without an identity (settings, counts, the result of a deletion) are types too.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
  {
    files: ['{operations,generated/web}/**/*.graphql'],
    rules: graphql.configs['flat/operations-recommended'].rules,
  },
];
