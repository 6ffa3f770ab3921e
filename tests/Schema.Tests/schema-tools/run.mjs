// Runs one of the tools over a schema file and over what a frontend asks; prints what it says.
// Usage: node run.mjs TOOL schema.graphql
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';

const [tool, schema] = process.argv.slice(2);
mkdirSync('generated/relay', { recursive: true });
copyFileSync(schema, 'generated/schema.graphql');
const { status } = spawnSync('npm', ['run', '--silent', tool], {
  stdio: 'inherit',
  env: { ...process.env, NO_COLOR: '1' },
});
process.exit(status ?? 1);
