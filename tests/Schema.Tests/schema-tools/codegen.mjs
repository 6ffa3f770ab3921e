const config = {
  strictScalars: true,
  scalars: {
    DateTime: 'string',
    Metadata: 'Record<string, string>',
    Money: 'number',
    WebhookPayload: 'Record<string, unknown>',
  },
};

export default {
  schema: 'generated/schema.graphql',
  documents: '{operations,generated/web}/**/*.graphql',
  generates: {
    'generated/schema.ts': { plugins: ['typescript'], config },
    'generated/operations.ts': { plugins: ['typescript-operations'], config },
  },
};
