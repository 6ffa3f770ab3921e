// Measures the servers in alternation, and prints each workload's cost as a multiple of the floor's.
import fs from 'node:fs';
import { clean, compare, measure, median, prepare, say, warmUp } from './measure.mjs';
import { startServer, titles } from './servers.mjs';
import { organizations, workloads } from './workloads.mjs';

const settings = JSON.parse(process.argv[2]);
const bench = settings.bench;
const orgs = organizations(bench.organizations);
const isChosen = ({ id }) => settings.workloads.length === 0 || settings.workloads.includes(id);
const chosen = workloads.filter((workload) =>
  isChosen(workload) || workloads.some((other) => other.floor === workload.id && isChosen(other)));

/** Sends every workload to a server until it is warm. */
async function warmUpAll({ server, loads }) {
  for (const workload of chosen.filter(({ servers }) => servers.includes(server.name)))
    loads.push(await prepare(server, workload, orgs, bench.folder));
  // Workloads share code. Compiled for the first, it is compiled again for what it does in the others.
  for (const one of loads) await warmUp(server, one, settings.warmSeconds);
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
      const figures = await measure(bench, round, turns, settings.loadSeconds);
      turns.forEach(({ server, one }, index) => {
        (results[server.name] ??= {})[one.workload.id] = figures[index];
      });
    }
  } finally {
    for (const { server } of started) await server.stop();
    clean(bench.psql);
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
  await compare(bench, chosen, orgs);
  clean(bench.psql);
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
