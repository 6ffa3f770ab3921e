// Bundles the page and its workers into ../assets, compressed, with the licences of their contents.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const assets = '../assets';
const sources = ['build.mjs', 'examples.js', 'explorer.css', 'explorer.jsx', 'package-lock.json'];

const { outputFiles, metafile } = await build({
  entryPoints: {
    explorer: 'explorer.jsx',
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  },
  bundle: true,
  minify: true,
  format: 'iife',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  loader: { '.ttf': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
  metafile: true,
  outdir: 'out',
  write: false,
});

const packages = [...new Set(Object.keys(metafile.inputs)
  .map((file) => file.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0])
  .filter(Boolean))].sort();

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}\n`;
}

if (existsSync(assets)) rmSync(assets, { recursive: true });
mkdirSync(assets);
for (const { path, contents } of outputFiles)
  writeFileSync(join(assets, `${path.slice(dirname(path).length + 1)}.gz`), gzipSync(contents, { level: 9 }));
const rule = `\n${'-'.repeat(80)}\n\n`;
writeFileSync(join(assets, 'LICENSES.txt.gz'), gzipSync(packages.map(licenceOf).join(rule), { level: 9 }));
const hash = createHash('sha256');
for (const source of sources) hash.update(readFileSync(source));
writeFileSync(join(assets, 'sources.sha256'), `${hash.digest('hex')}\n`);
