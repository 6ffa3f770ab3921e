// Runs one of the tools on a schema file, the operations of a frontend, and those of
// samples/web, and prints its output. Usage: node run.mjs TOOL schema.graphql
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const [tool, schema] = process.argv.slice(2);
mkdirSync('generated/relay', { recursive: true });
copyFileSync(schema, 'generated/schema.graphql');
copySample('../../../samples/web/src/operations', 'generated/web');
const { status } = spawnSync('npm', ['run', '--silent', tool], {
  stdio: 'inherit',
  env: { ...process.env, NO_COLOR: '1' },
});
process.exit(status ?? 1);

// Relay reads operations from TypeScript, each named after its file plus "Query".
function copySample(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  for (const file of readdirSync(to)) {
    const text = readFileSync(`${to}/${file}`, 'utf8').replace(/^query \w+/m, '$&Query');
    writeFileSync(`${to}/${file.replace('.graphql', '.ts')}`, `export default graphql\`${text}\`;\n`);
  }
}
