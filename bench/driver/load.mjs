// Sends requests: a single one, to inspect its response, or many, with wrk.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { UNIQUE } from './workloads.mjs';

const MILLISECONDS = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** @returns { status, tag, body } */
export async function send(server, request, requestId) {
  const unique = randomUUID();
  const fill = (text) => text?.replaceAll(UNIQUE, unique);
  const answer = await fetch(`http://127.0.0.1:${server.port}${request.path}`, {
    method: request.method,
    body: fill(request.body),
    headers: {
      ...Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, fill(value)])),
      'X-Request-Id': requestId,
    },
  });
  const body = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, tag: answer.headers.get('etag'), body, unique };
}

/** Writes the script with which wrk sends the requests in turn. */
export function writeScript(file, requests, port) {
  const texts = requests.map((request) => JSON.stringify(httpText(request, port)));
  const isUnique = texts.some((text) => text.includes(UNIQUE));
  const prefix = randomUUID().slice(0, 24);
  const next = isUnique
    ? `string.gsub(texts[count % #texts + 1], "${UNIQUE}", "${prefix}" .. string.format("%012d", count))`
    : 'texts[count % #texts + 1]';
  fs.writeFileSync(file, `local texts = {\n${texts.join(',\n')}\n}
local count = 0
request = function()
  count = count + 1
  local text = ${next}
  return text
end
`);
}

/** @returns { requests, p99 }; the time in milliseconds. */
export function load(script, port, seconds, connections) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '--latency', '-s', script,
    `http://127.0.0.1:${port}/`];
  return new Promise((resolve, reject) => {
    const wrk = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    wrk.stdout.on('data', (data) => { output += data; });
    wrk.stderr.on('data', (data) => { output += data; });
    wrk.on('error', reject);
    wrk.on('close', () => {
      const requests = Number(/(\d+) requests in/.exec(output)?.[1]);
      const fault = /(Non-2xx or 3xx responses|Socket errors): .*/.exec(output)?.[0];
      if (Number.isNaN(requests) || fault) reject(new Error(`wrk: ${fault ?? output}`));
      else resolve({ requests, p99: time(output, '99%') });
    });
  });
}

export function httpText(request, port) {
  const headers = { Host: `127.0.0.1:${port}`, ...request.headers };
  if (request.body !== undefined) headers['Content-Length'] = Buffer.byteLength(request.body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${request.method} ${request.path} HTTP/1.1\r\n${lines}\r\n${request.body ?? ''}`;
}

function time(output, percentile) {
  const [, number, unit] = new RegExp(`${percentile}\\s+([\\d.]+)(us|ms|s|m)`).exec(output) ?? [];
  return number === undefined ? null : Number(number) * MILLISECONDS[unit];
}
