// Serves the built page and calls Equaticket for it, with a key that never leaves this server, and only with
// the page's operations. It has no sign-in, so it listens on loopback and accepts only test keys.
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

const { EQUATICKET_URL = 'http://localhost:5080', EQUATICKET_KEY: key = '', PORT = '3000' } = process.env;
if (!key.startsWith('sk_test_')) {
  console.error('Set EQUATICKET_KEY to a test key (sk_test_…) with the scopes events:read and orders:read.');
  process.exit(1);
}

const api = new URL('/graphql', EQUATICKET_URL);
const largestBody = 16 * 1024;
const types = new Map([
  ['.css', 'text/css'], ['.html', 'text/html'], ['.js', 'text/javascript'], ['.svg', 'image/svg+xml'],
]);
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The texts of the page's operations, by the hash that the page sends. */
const operations = new Map(Object.entries(
  JSON.parse(await readFile(new URL('src/generated/persisted-documents.json', import.meta.url), 'utf8')),
));
const files = await readFiles(join(import.meta.dirname, 'dist'));

class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const server = createServer(async (request, response) => {
  // The API uses this id too, so that one search finds the request in both logs.
  const requestId = `req_web_${randomUUID()}`;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('X-Request-Id', requestId);
  try {
    requireOwnHost(request);
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (path === '/graphql') await answer(request, response, requestId);
    else serve(request, response, path);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'Something went wrong.');
    if (refusal !== error) console.error(requestId, error);
    response.writeHead(refusal.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ message: refusal.message }] }));
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://localhost:${port()}`));

function port() {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/**
 * Another site can point its name to this machine, but can't send another Host header.
 * @param {import('node:http').IncomingMessage} request
 */
function requireOwnHost({ headers: { host } }) {
  if (host !== `localhost:${port()}` && host !== `127.0.0.1:${port()}`)
    throw new Refusal(403, 'This server only responds on its own address.');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} path
 */
function serve(request, response, path) {
  const file = files.get(path);
  if (!file) throw new Refusal(404, 'This page does not exist.');
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, 'Only GET is allowed.');
  response.writeHead(200, file.headers);
  response.end(request.method === 'GET' ? file.body : undefined);
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} requestId
 */
async function answer(request, response, requestId) {
  if (request.method !== 'POST') throw new Refusal(405, 'Only POST is allowed.');
  // Another site's page can't send this type without a preflight, which is never allowed here.
  if (request.headers['content-type'] !== 'application/json') throw new Refusal(415, 'Send JSON.');
  const { documentId, variables } = await readBody(request);
  const query = operations.get(documentId);
  if (!query) throw new Refusal(403, 'This page does not use this operation.');
  const { status, type, text } = await forward({ query, variables }, requestId);
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': type });
  response.end(text);
}

/** @param {{ query: string, variables: unknown }} body @param {string} requestId */
async function forward(body, requestId) {
  const isPublic = body.query.startsWith('query Public');
  try {
    const answered = await fetch(api, {
      method: 'POST',
      headers: {
        'Accept': 'application/graphql-response+json',
        'Content-Type': 'application/json',
        'X-Request-Id': requestId,
        ...(isPublic ? {} : { Authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
    });
    const type = answered.headers.get('Content-Type') ?? 'application/json';
    return { status: answered.status, type, text: await answered.text() };
  } catch (error) {
    console.error(requestId, error);
    throw new Refusal(502, 'Equaticket does not respond.');
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function readBody(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > largestBody) throw new Refusal(413, 'The request is too long.');
  }
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
}

/** @param {string} folder */
async function readFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Map(await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).replaceAll(sep, '/')}`;
    const type = types.get(extname(file)) ?? 'application/octet-stream';
    const caching = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return /** @type {const} */ ([path, {
      body: await readFile(file),
      headers: { 'Cache-Control': caching, 'Content-Type': `${type}; charset=utf-8` },
    }]);
  })));
  const page = found.get('/index.html');
  return page ? found.set('/', page).set('/orders', page) : found;
}
