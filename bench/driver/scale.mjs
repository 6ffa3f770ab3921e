// Compares what a request costs with 10 million orders and with 1 million, for floor and product.
import fs from 'node:fs';
import { clean, compare, cursorAfter, measure, median, prepare, say, warmUp } from './measure.mjs';
import { startServer } from './servers.mjs';
import { organizations, workloads } from './workloads.mjs';

const settings = JSON.parse(process.argv[2]);
const [bench, large] = [settings.bench, settings.large];
const GOAL = 1.1;
const DEEP = 1000;
// The same number of organizations is read and written at both sizes.
const orgs = organizations(bench.organizations);
const someOfMany = organizations(large.organizations, bench.organizations - orgs.length).slice(0, orgs.length);
const largest = someOfMany.filter(({ slug }) => slug === 'org-1');
const chosen = workloads.filter(({ id, goal }) =>
  goal !== undefined && (settings.workloads.length === 0 || settings.workloads.includes(id)));
const second = chosen.find(({ id }) => id === 'W2');
const deep = second && { ...second, id: 'W2-deep', pageOf: undefined };

const kinds = [
  { label: 'floor', server: 'floor', bench, orgs },
  { label: 'floor-large', server: 'floor', bench: large, orgs: someOfMany },
  { label: 'Equaticket', server: 'product', bench, orgs },
  { label: 'Equaticket-large', server: 'product', bench: large, orgs: someOfMany },
  { label: 'Equaticket-largest', server: 'product', bench: large, orgs: largest },
];

/** Starts a server per database, and warms it up with every workload. */
async function start(round, started) {
  for (const { label, server: name, bench: database, orgs: all } of kinds) {
    say(`round ${round}  warming up ${label} …`);
    const running = started.find(({ server }) => server.name === name && server.database === database);
    const server = running ? { ...running.server, label } : await startServer(name, database, label);
    const loads = [];
    started.push({ server: { ...server, database }, loads, isShared: running !== undefined });
    // The only user belongs to the largest organization.
    const canRun = ({ servers, inSession }) => servers.includes(name) && !(inSession && label === 'Equaticket-large');
    for (const workload of chosen.filter(canRun))
      loads.push(await prepare(server, workload, all, bench.folder));
    if (label === 'Equaticket-largest' && deep) {
      const targets = [{ ...largest[0], cursor: await cursorAfter(server, second, largest[0], DEEP - 1) }];
      loads.push(await prepare(server, deep, targets, bench.folder));
    }
    for (const one of loads) await warmUp(server, one, settings.warmSeconds);
  }
}

/** @returns the figures of one start of all servers, by workload and label */
async function run(round) {
  const [started, results] = [[], {}];
  try {
    await start(round, started);
    for (const { id } of chosen) {
      const turns = started.flatMap(({ server, loads }) =>
        loads.filter(({ workload }) => workload.id.startsWith(id)).map((one) => ({ server, one })));
      const figures = await measure(bench, round, turns, settings.loadSeconds);
      turns.forEach(({ server, one }, index) => {
        (results[one.workload.id] ??= {})[server.label] = figures[index];
      });
    }
  } finally {
    for (const { server, isShared } of started) if (!isShared) await server.stop();
    clean(bench.psql);
    clean(large.psql);
  }
  return results;
}

/** @returns the median, over the rounds, of one figure as a multiple of another, for the server and PostgreSQL */
function ratios(rounds, [id, label], [otherId, otherLabel]) {
  const of = (member) => median(rounds.map((round) => round[id][label][member] / round[otherId][otherLabel][member]));
  return { cpu: of('cpu'), postgres: of('postgres') };
}

function summary(rounds, { id, title, servers, inSession }) {
  return {
    id,
    title,
    large: inSession ? null : ratios(rounds, [id, 'Equaticket-large'], [id, 'Equaticket']),
    largest: ratios(rounds, [id, 'Equaticket-largest'], [id, 'Equaticket']),
    floor: servers.includes('floor') ? ratios(rounds, [id, 'floor-large'], [id, 'floor']) : null,
  };
}

function line({ id, title, large: all, largest: one, floor }) {
  const text = ({ cpu, postgres }) => `${cpu.toFixed(2)}, PostgreSQL ${postgres.toFixed(2)}`;
  return `${id} ${all ? `${text(all)} (goal ${GOAL}); ` : ''}the largest organization ${text(one)}`
    + `${floor ? `; floor ${text(floor)}` : ''}  ${title}`;
}

async function main() {
  await compare(large, chosen, someOfMany);
  clean(large.psql);
  const rounds = [];
  for (let number = 1; number <= settings.rounds; number++) rounds.push(await run(number));
  const table = chosen.map((workload) => summary(rounds, workload));
  const page = deep && ratios(rounds, [deep.id, 'Equaticket-largest'], [second.id, 'Equaticket-largest']);
  if (settings.json) fs.writeFileSync(settings.json, `${JSON.stringify({ settings, rounds, table, page }, null, 2)}\n`);
  for (const row of table) console.log(line(row));
  if (page) {
    console.log(`W2 page 1,000 of the largest organization costs ${page.cpu.toFixed(2)} times as much as page 2, `
      + `PostgreSQL ${page.postgres.toFixed(2)}`);
  }
}

main().catch((fault) => {
  say(fault.message);
  process.exitCode = 1;
});
