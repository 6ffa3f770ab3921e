// Compares the responses of two servers, warms servers up, and measures what their requests cost.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { signIn } from './dashboard.mjs';
import { load, send, writeScript } from './load.mjs';
import { postgresCpu, startServer, titles } from './servers.mjs';
import { workloads } from './workloads.mjs';

const WARM_CONNECTIONS = 4;
const CONNECTIONS = 16;
const WARM_SECONDS = 2;
const SLICES = 4;
const COMPARED = 5;
const PAGED = 60;

export const say = (text) => process.stderr.write(`${text}\n`);

/** @returns the middle number, or the mean of the two middle ones */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** What the requests are about: organizations, each with the cursor or session that this server returns if needed. */
async function targets(server, workload, orgs) {
  if (workload.inSession) return [{ ...orgs.find(({ slug }) => slug === 'org-1'), session: await signIn(server) }];
  if (!workload.pageOf) return orgs;
  const found = [];
  for (const org of orgs.slice(0, PAGED)) {
    const cursor = await cursorAfter(server, workload, org, 1);
    if (cursor) found.push({ ...org, cursor });
  }
  return found;
}

/** @returns the cursor that follows a number of pages, if there are that many */
export async function cursorAfter(server, { pageOf, request }, org, pages) {
  let next = workloads.find(({ id }) => id === pageOf).request(org);
  for (let page = 1; ; page++) {
    const { body } = await send(server, next, 'bench');
    const cursor = /"(?:next_cursor|endCursor)":"([^"]+)"/.exec(body)?.[1];
    if (!cursor || page === pages) return cursor;
    next = request({ ...org, cursor });
  }
}

/** Masks the values of a new event that its server generates, since they differ between servers. */
function comparable(workload, { body, tag, unique, status }) {
  if (!workload.isWrite) return `${status} ${tag}\n${body}`;
  const text = body.toString().replaceAll(unique, 'UNIQUE');
  return `${status}\n${text.replace(/("id"|"created_at"|"updated_at"):"[^"]+"/g, '$1:"…"')}`;
}

/** Requires the same responses from floor and product, byte for byte. */
export async function compare(bench, chosen, orgs) {
  const servers = [];
  try {
    for (const name of ['floor', 'product']) servers.push(await startServer(name, bench));
    for (const workload of chosen.filter((one) => one.servers.includes('floor'))) {
      for (const org of (await targets(servers[1], workload, orgs.slice(0, COMPARED)))) {
        const answers = {};
        for (const server of servers)
          answers[server.name] = comparable(workload, await send(server, workload.request(org), 'bench'));
        if (answers.floor === answers.product) continue;
        const files = Object.keys(answers).map((name) => path.join(bench.folder, `${workload.id}.${name}.txt`));
        Object.values(answers).forEach((text, index) => fs.writeFileSync(files[index], text));
        throw new Error(`${workload.id}: the answers differ: cmp ${files.join(' ')}`);
      }
      say(`${workload.id} floor and product answer alike, byte for byte`);
    }
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** @returns The workload's requests to the server, and the file of their script. */
export async function prepare(server, workload, orgs, folder) {
  const requests = (await targets(server, workload, orgs)).map(workload.request);
  // The first response waits until models and statements are created, which takes seconds on a busy machine.
  const { status } = await send(server, requests[0], 'bench');
  if (status >= 300) throw new Error(`${titles[server.name]} answers ${workload.id} with ${status}`);
  return { workload, requests, script: path.join(folder, `load-${server.label}-${workload.id}.lua`) };
}

/** Sends requests until CPU time per request stops falling. */
export async function warmUp(server, { requests, script }, longest = WARM_SECONDS) {
  let [least, steady] = [Infinity, 0];
  for (let seconds = 0; seconds < longest && steady < 2; seconds += WARM_SECONDS) {
    writeScript(script, requests, server.port);
    const before = server.cpu();
    const { requests: count } = await load(script, server.port, WARM_SECONDS, WARM_CONNECTIONS);
    const each = count === 0 ? Infinity : (server.cpu() - before) / count;
    steady = each < least * 0.92 ? 0 : steady + 1;
    least = Math.min(least, each);
  }
}

/** Loads the server for some seconds, and adds what that has cost. */
export async function addCost(bench, { server, one: { workload, requests, script } }, seconds, total) {
  writeScript(script, requests, server.port);
  const before = [server.cpu(), postgresCpu(bench)];
  const { requests: count, p99 } = await load(script, server.port, seconds, CONNECTIONS);
  if (count === 0) throw new Error(`${titles[server.name]} answered no request of ${workload.id}`);
  total.requests += count;
  total.cpu += server.cpu() - before[0];
  total.postgres += postgresCpu(bench) - before[1];
  total.p99.push(p99);
}

export const noCost = () => ({ requests: 0, cpu: 0, postgres: 0, p99: [] });

/** Measures loads of one or more servers in slices that alternate, so that a machine that slows down slows all. */
export async function measure(bench, round, turns, seconds) {
  const totals = turns.map(noCost);
  for (const { server, one } of turns) await warmUp(server, one);
  for (let slice = 0; slice < SLICES; slice++) {
    for (const [index, turn] of turns.entries()) await addCost(bench, turn, seconds / SLICES, totals[index]);
  }

  return turns.map(({ server, one: { workload } }, index) => {
    const { requests, cpu, postgres, p99 } = totals[index];
    const result = {
      perSecond: requests / seconds,
      p99: median(p99),
      cpu: cpu / requests,
      postgres: postgres / requests,
      memory: server.memory(),
    };
    say(`round ${round}  ${server.label.padEnd(18)} ${workload.id}  ${result.cpu.toFixed(3)} ms CPU, `
      + `PostgreSQL ${result.postgres.toFixed(3)} ms, ${Math.round(result.perSecond)} requests/s, `
      + `p99 ${result.p99?.toFixed(1)} ms, ${result.memory} MB`);
    return result;
  });
}

/** Deletes what writes have created, so that the next round finds the same data. */
export function clean(address) {
  execFileSync('psql', [address, '-XqAt', '-c', `
    DELETE FROM idempotency_records; TRUNCATE api_requests, api_key_uses;
    DELETE FROM events AS event WHERE slug LIKE 'w-%'`], { stdio: ['ignore', 'ignore', 'inherit'] });
}
