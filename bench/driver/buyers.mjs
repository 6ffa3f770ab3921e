// Buyers who check out at the same time, each over a separate connection.
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { httpText } from './load.mjs';
import { UNIQUE } from './workloads.mjs';

/**
 * Each buyer sends one checkout after another, until told to stop.
 * @param goesOn receives a response and its latency in milliseconds, and returns whether its buyer goes on
 */
export async function buy({ port, request, buyers, goesOn }) {
  const parts = httpText(request, port).split(UNIQUE);
  await Promise.all(Array.from({ length: buyers }, async () => {
    const connection = connect(port);
    try {
      for (let sells = true; sells;) {
        const start = performance.now();
        const answer = await connection.send(parts.join(randomUUID()));
        sells = goesOn(answer, performance.now() - start);
      }
    } finally {
      connection.close();
    }
  }));
}

function connect(port) {
  const socket = net.connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  let [text, waiting] = ['', null];
  const fail = (fault) => waiting?.reject(fault);
  socket.on('data', (data) => {
    text += data;
    const length = lengthOf(text);
    if (length === null) fail(new Error(`A response has no length:\n${text}`));
    if (length === null || text.length < length) return;
    const answer = text;
    text = '';
    waiting.resolve(answer);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed a connection')));
  return {
    send: (request) => new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      socket.write(request, 'latin1');
    }),
    close: () => socket.destroy(),
  };
}

/** @returns the length of the response that starts with the text; null if it doesn't say */
function lengthOf(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return Infinity;
  const [, body] = /\r\ncontent-length: (\d+)/i.exec(text) ?? [];
  return body === undefined ? null : head + 4 + Number(body);
}
