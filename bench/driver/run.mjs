// Compares the responses of floor and product, then measures the servers in alternation, and prints the ratios.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { signIn } from './dashboard.mjs';
import { load, send, writeScript } from './load.mjs';
import { postgresCpu, startServer, titles } from './servers.mjs';
import { organizations, workloads } from './workloads.mjs';

const settings = JSON.parse(process.argv[2]);
const bench = settings.bench;
const orgs = organizations(settings.organizations);
const isChosen = ({ id }) => settings.workloads.length === 0 || settings.workloads.includes(id);
const chosen = workloads.filter((workload) =>
  isChosen(workload) || workloads.some((other) => other.floor === workload.id && isChosen(other)));
const WARM_CONNECTIONS = 4;
const CONNECTIONS = 16;
const WARM_SECONDS = 2;
const SLICES = 4;
const COMPARED = 5;
const PAGED = 60;
const say = (text) => process.stderr.write(`${text}\n`);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** What the requests are about: organizations, each with the cursor or session that this server returns if needed. */
async function targets(server, workload, count) {
  if (workload.inSession) return [{ ...orgs.find(({ slug }) => slug === 'org-1'), session: await signIn(server) }];
  if (!workload.pageOf) return orgs.slice(0, count);
  const first = workloads.find(({ id }) => id === workload.pageOf);
  const found = [];
  for (const org of orgs.slice(0, count)) {
    const { body } = await send(server, first.request(org), 'bench');
    const cursor = /"(?:next_cursor|endCursor)":"([^"]+)"/.exec(body)?.[1];
    if (cursor) found.push({ ...org, cursor });
  }
  return found;
}

/** Masks the values of a new event that its server generates, since they differ between servers. */
function comparable(workload, { body, tag, unique, status }) {
  if (!workload.isWrite) return `${status} ${tag}\n${body}`;
  const text = body.toString().replaceAll(unique, 'UNIQUE');
  return `${status}\n${text.replace(/("id"|"created_at"|"updated_at"):"[^"]+"/g, '$1:"…"')}`;
}

async function compare() {
  const servers = [];
  try {
    for (const name of ['floor', 'product']) servers.push(await startServer(name, bench));
    for (const workload of chosen.filter((one) => one.servers.includes('floor'))) {
      for (const org of (await targets(servers[1], workload, COMPARED))) {
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
async function prepare(server, workload) {
  const requests = (await targets(server, workload, workload.pageOf ? PAGED : orgs.length)).map(workload.request);
  // The first response waits until models and statements are created, which takes seconds on a busy machine.
  const { status } = await send(server, requests[0], 'bench');
  if (status >= 300) throw new Error(`${titles[server.name]} answers ${workload.id} with ${status}`);
  return { workload, requests, script: path.join(bench.folder, `load-${server.name}-${workload.id}.lua`) };
}

/** Sends requests until CPU time per request stops falling. */
async function warmUp(server, { requests, script }, longest) {
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

/** Loads the server for a slice of time, and adds what that has cost. */
async function measureSlice(server, { workload, requests, script }, total) {
  writeScript(script, requests, server.port);
  const before = [server.cpu(), postgresCpu(bench)];
  const { requests: count, p99 } = await load(script, server.port, settings.loadSeconds / SLICES, CONNECTIONS);
  if (count === 0) throw new Error(`${titles[server.name]} answered no request of ${workload.id}`);
  total.requests += count;
  total.cpu += server.cpu() - before[0];
  total.postgres += postgresCpu(bench) - before[1];
  total.p99.push(p99);
}

/** Deletes what writes have created, so that the next round finds the same data. */
function clean() {
  execFileSync('psql', [bench.psql, '-XqAt', '-c', `
    DELETE FROM idempotency_records; TRUNCATE api_requests, api_key_uses;
    DELETE FROM events AS event WHERE slug LIKE 'w-%'`], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Sends every workload to a server until it is warm. */
async function warmUpAll({ server, loads }) {
  for (const workload of chosen.filter(({ servers }) => servers.includes(server.name)))
    loads.push(await prepare(server, workload));
  // Workloads share code. Compiled for the first, it is compiled again for what it does in the others.
  for (const one of loads) await warmUp(server, one, settings.warmSeconds);
}

/** Measures loads of one or more servers in slices that alternate, so that a machine that slows down slows all. */
async function measure(round, turns) {
  const totals = turns.map(() => ({ requests: 0, cpu: 0, postgres: 0, p99: [] }));
  for (const { server, one } of turns) await warmUp(server, one, WARM_SECONDS);
  for (let slice = 0; slice < SLICES; slice++) {
    for (const [index, { server, one }] of turns.entries()) await measureSlice(server, one, totals[index]);
  }

  return turns.map(({ server, one: { workload } }, index) => {
    const { requests, cpu, postgres, p99 } = totals[index];
    const result = {
      server: server.name,
      workload: workload.id,
      perSecond: requests / settings.loadSeconds,
      p99: median(p99),
      cpu: cpu / requests,
      postgres: postgres / requests,
      memory: server.memory(),
    };
    say(`round ${round}  ${titles[server.name].padEnd(11)} ${workload.id}  ${result.cpu.toFixed(3)} ms CPU, `
      + `PostgreSQL ${result.postgres.toFixed(3)} ms, ${Math.round(result.perSecond)} requests/s, `
      + `p99 ${result.p99?.toFixed(1)} ms, ${result.memory} MB`);
    return result;
  });
}

/** @returns the figures of one start of all servers, by server and workload */
async function run(round) {
  const [started, results] = [[], {}];
  try {
    for (const name of Object.keys(titles)) {
      if (!chosen.some(({ servers }) => servers.includes(name))) continue;
      say(`round ${round}  warming up ${titles[name]} …`);
      const server = await startServer(name, bench);
      started.push({ server, loads: [] });
      await warmUpAll(started.at(-1));
    }

    for (const first of chosen.filter(({ floor }) => floor === undefined)) {
      const compared = (workload) => workload === first || workload.floor === first.id;
      const turns = started.flatMap(({ server, loads }) =>
        loads.filter(({ workload }) => compared(workload)).map((one) => ({ server, one })));
      for (const { server, workload, ...figures } of await measure(round, turns))
        (results[server] ??= {})[workload] = figures;
    }
  } finally {
    for (const { server } of started) await server.stop();
    clean();
  }
  return results;
}

function summary(workload, rounds) {
  const figures = (name, member, id = workload.id) => rounds.map((round) => round[name]?.[id]?.[member])
    .filter((figure) => figure !== undefined);
  const floorOf = (member) =>
    workload.floor ? figures('product', member, workload.floor) : figures('floor', member);
  const ratio = (name, member) => {
    const floor = floorOf(member);
    return median(figures(name, member).map((figure, index) => figure / floor[index]));
  };
  return {
    id: workload.id,
    title: workload.title,
    ratio: ratio('product', 'cpu'),
    goal: workload.goal,
    postgresRatio: ratio('product', 'postgres'),
    postgresGoal: workload.postgresGoal,
    peerRatio: workload.servers.includes('peer') ? ratio('peer', 'cpu') : null,
    floor: { cpu: median(floorOf('cpu')), postgres: median(floorOf('postgres')) },
    product: { cpu: median(figures('product', 'cpu')), postgres: median(figures('product', 'postgres')) },
  };
}

function line(row) {
  const ms = (figure) => `${figure.toFixed(3)} ms`;
  const peer = row.peerRatio === null ? '' : `; ${titles.peer} ${row.peerRatio.toFixed(2)}`;
  return `${row.id} ${row.ratio.toFixed(2)} (goal ${row.goal.toFixed(1)})  CPU ${ms(row.product.cpu)}, `
    + `floor ${ms(row.floor.cpu)}${peer}; PostgreSQL ${row.postgresRatio.toFixed(2)} `
    + `(goal ${row.postgresGoal.toFixed(1)}), ${ms(row.product.postgres)}  ${row.title}`;
}

async function main() {
  await compare();
  clean();
  const rounds = [];
  for (let number = 1; number <= settings.rounds; number++) rounds.push(await run(number));
  const table = chosen.filter(({ goal }) => goal !== undefined).map((workload) => summary(workload, rounds));
  if (settings.json) fs.writeFileSync(settings.json, `${JSON.stringify({ settings, rounds, table }, null, 2)}\n`);
  for (const row of table) console.log(line(row));
}

main().catch((fault) => {
  say(fault.message);
  process.exitCode = 1;
});
