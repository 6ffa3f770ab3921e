// Sends a mix of requests, with thousands of different documents, and reports whether the server's memory grows.
import fs from 'node:fs';
import { addCost, clean, noCost, prepare, say } from './measure.mjs';
import { startServer } from './servers.mjs';
import { organizations, workloads } from './workloads.mjs';

const settings = JSON.parse(process.argv[2]);
const bench = settings.bench;
const GOAL = 1.1;
const SLICE_SECONDS = 4;
const DOCUMENTS = 10_000;
const orgs = organizations(bench.organizations);
const flat = workloads.find(({ id }) => id === 'G1');

/** G1 for every organization, with a different alias in each document: the same work and another text. */
function documents(count) {
  const request = (org, index) => {
    const { body, ...rest } = flat.request(org);
    return { ...rest, body: body.replace('nodes { id', `nodes { id${index}: id`) };
  };
  const title = count === 1 ? 'one document' : `${count} documents`;
  return {
    ...flat, id: `documents-${count}`, title,
    targets: Array.from({ length: DOCUMENTS }, (_, index) => ({ ...orgs[index % orgs.length], index: index % count })),
    request: (org) => request(org, org.index),
  };
}

/** Runs every load in turn until the time is over, and notes the memory after each turn. */
async function run(server, loads) {
  const [started, samples] = [performance.now(), []];
  const minutes = () => (performance.now() - started) / 60_000;
  while (minutes() < settings.minutes) {
    const totals = {};
    for (const one of loads) {
      const total = totals[one.workload.id] = noCost();
      await addCost(bench, { server, one }, SLICE_SECONDS, total);
      // The next turn goes on where this one has stopped, so that every document is sent.
      one.requests.push(...one.requests.splice(0, total.requests % one.requests.length));
    }

    const cost = (id) => totals[id].cpu / totals[id].requests;
    samples.push({
      minutes: minutes(), memory: server.memory(), one: cost('documents-1'), many: cost(`documents-${DOCUMENTS}`),
      requests: Object.values(totals).reduce((sum, { requests }) => sum + requests, 0),
    });
    const { memory, one, many } = samples.at(-1);
    say(`${minutes().toFixed(1)} of ${settings.minutes} minutes  ${memory} MB; CPU per request: one document `
      + `${one.toFixed(3)} ms, ${DOCUMENTS} documents ${many.toFixed(3)} ms`);
    clean(bench.psql);
  }
  return samples;
}

/** Compares the mean of the last third with that of the second: the first belongs to the compiler and the caches. */
function line(samples) {
  const third = Math.floor(samples.length / 3);
  if (third === 0) throw new Error('The machine is too slow: fewer than three turns were measured.');
  const mean = (part, member) => part.reduce((sum, sample) => sum + sample[member], 0) / part.length;
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(-third)];
  const [before, after] = [mean(middle, 'memory'), mean(last, 'memory')];
  const requests = samples.reduce((sum, sample) => sum + sample.requests, 0);
  return `memory ${(after / before).toFixed(2)} (goal ${GOAL})  ${Math.round(before)} MB in the second third of `
    + `${settings.minutes} minutes, ${Math.round(after)} MB in the last, at most `
    + `${Math.max(...samples.map(({ memory }) => memory))} MB; ${requests} requests; `
    + `CPU of G1: one document ${mean(last, 'one').toFixed(3)} ms, `
    + `${DOCUMENTS} documents ${mean(last, 'many').toFixed(3)} ms`;
}

async function main() {
  const server = await startServer('product', bench);
  try {
    const loads = [];
    for (const workload of [...workloads, documents(1), documents(DOCUMENTS)])
      loads.push(await prepare(server, workload, workload.targets ?? orgs, bench.folder));
    const samples = await run(server, loads);
    if (settings.json) fs.writeFileSync(settings.json, `${JSON.stringify({ settings, samples }, null, 2)}\n`);
    console.log(line(samples));
  } finally {
    await server.stop();
    clean(bench.psql);
  }
}

main().catch((fault) => {
  say(fault.message);
  process.exitCode = 1;
});
