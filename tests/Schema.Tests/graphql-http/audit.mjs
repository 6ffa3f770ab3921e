// Prints a line for each audit of the GraphQL-over-HTTP specification. The line starts with "ok" if
// the server passes.
// Usage: node audit.mjs http://localhost:5080/graphql
import { serverAudits } from 'graphql-http';

for (const { id, name, fn } of serverAudits({ url: process.argv[2] })) {
  const { status, reason } = await fn();
  console.log(`${status} ${id} ${name}${reason ? `: ${reason}` : ''}`);
}
