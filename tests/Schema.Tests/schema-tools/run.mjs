// Runs one of the tools over a schema file, over what a frontend asks and over the operations of
// samples/web; prints what it says. Usage: node run.mjs TOOL schema.graphql
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

// Relay reads operations out of TypeScript, each under the name of its file and "Query".
function copySample(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  for (const file of readdirSync(to)) {
    const text = readFileSync(`${to}/${file}`, 'utf8').replace(/^query \w+/m, '$&Query');
    writeFileSync(`${to}/${file.replace('.graphql', '.ts')}`, `export default graphql\`${text}\`;\n`);
  }
}
