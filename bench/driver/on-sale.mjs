// Sells all tickets of one type to concurrent buyers, with the floor and with the product, and compares the costs.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buy } from './buyers.mjs';
import { send } from './load.mjs';
import { median, say } from './measure.mjs';
import { postgresCpu, startServer, titles } from './servers.mjs';
import { checkout, organizations } from './workloads.mjs';

const settings = JSON.parse(process.argv[2]);
const bench = settings.bench;
const capacity = settings.tickets;
const BUYERS = 64;
const TENTHS = 10;
const WARM_MS = 3_000;
const SALE_MS = 1_200_000;
const GOALS = { cpu: 1.8, rate: 0.7 };
const HOT = { eventId: idOf(1), typeId: idOf(2) };
const WARM = { eventId: idOf(3), typeId: idOf(4) };

function idOf(number) {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function sql(address, ...statements) {
  const args = [address, '-XqAt', '-v', 'ON_ERROR_STOP=1', ...statements.flatMap((text) => ['-c', text])];
  const env = { ...process.env, PGOPTIONS: '-c client_min_messages=warning' };
  return execFileSync('psql', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** Copies the seeded database, so that every sale starts with the same rows, and puts two events on sale. */
function prepare() {
  drop();
  sql(bench.admin, `CREATE DATABASE ${bench.database} TEMPLATE ${bench.template}`);
  const [{ slug }] = organizations(bench.organizations);
  const tenant = `(SELECT id FROM organizations WHERE slug = '${slug}'), true`;
  for (const [{ eventId, typeId }, name, total] of [[HOT, 'on-sale', capacity], [WARM, 'warm-up', 'NULL']]) {
    sql(bench.psql, `
      INSERT INTO events (organization_id, livemode, id, title, slug, status, timezone, starts_at, currency, metadata,
          published_at, version, created_at, updated_at, sold_out_announced)
      VALUES (${tenant}, '${eventId}', 'Night of the Owls', '${name}', 'published', 'America/Chicago',
          now() + interval '30 days', 'usd', '{}', now(), 1, now(), now(), false)`, `
      INSERT INTO ticket_types (organization_id, livemode, id, event_id, name, price, currency, quantity_total,
          quantity_sold, quantity_held, min_per_order, max_per_order, position, metadata, version, created_at,
          updated_at)
      VALUES (${tenant}, '${typeId}', '${eventId}', 'Admission', 0, 'usd', ${total}, 0, 0, 1, 10, 0, '{}', 1, now(),
          now())`);
  }
}

function drop() {
  sql(bench.admin, `DROP DATABASE IF EXISTS ${bench.database} WITH (FORCE)`);
}

/** The rows that the last sale of the event has written, without ids, times, and secrets. */
function rowsOf(eventId) {
  const ofOrder = (table, column) => `
    SELECT '${table}', to_jsonb(t) - '{transaction_id,attempts,ticket_code}'::text[] FROM ${table} AS t, sale
    WHERE t.organization_id = sale.organization_id AND t.livemode = sale.livemode AND t.${column} = sale.id`;
  const tables = [['orders', 'id'], ['order_items', 'order_id'], ['attendees', 'order_id'],
    ['webhook_events', 'order_id'], ['queued_emails', 'order_id'], ['idempotency_records', 'subject_id']];
  return masked(sql(bench.psql, `
    WITH sale AS MATERIALIZED (SELECT * FROM orders WHERE event_id = '${eventId}' ORDER BY number DESC LIMIT 1)
    ${tables.map(([table, column]) => ofOrder(table, column)).join(' UNION ALL ')}`));
}

function masked(text) {
  return text.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID').replace(/"\d{4}-\d\d-\d\dT[^"]+"/g, '"TIME"')
    .replace(/\\\\x[\da-f]+/g, 'BYTES').replace(/EQ-\d+|(?<="(order_)?number": )\d+/g, 'NUMBER')
    .replace(/chk_[\w-]+/, 'TOKEN');
}

/** Sells one ticket with each server and requires equal responses and equal rows. */
async function compare() {
  prepare();
  const sold = {};
  for (const name of ['floor', 'product']) {
    const server = await startServer(name, bench);
    try {
      const { status, body } = await send(server, checkout(WARM), 'bench');
      sold[name] = `${status} ${masked(body.toString())}\n${rowsOf(WARM.eventId)}\n`;
    } finally {
      await server.stop();
    }
  }
  if (sold.floor !== sold.product) {
    const files = Object.keys(sold).map((name) => path.join(bench.folder, `on-sale.${name}.txt`));
    Object.values(sold).forEach((text, index) => fs.writeFileSync(files[index], text));
    throw new Error(`The sales differ: diff ${files.join(' ')}`);
  }
  say('floor and product answer alike and write the same rows');
}

/** Sells for some seconds at a time until a sale's CPU time stops falling. */
async function warmUp(server) {
  let [least, steady] = [Infinity, 0];
  for (let spent = 0; spent < settings.warmSeconds * 1000 && steady < 2; spent += WARM_MS) {
    const [before, end] = [server.cpu(), performance.now() + WARM_MS];
    let count = 0;
    await buy({
      port: server.port, request: checkout(WARM), buyers: BUYERS,
      goesOn: (answer) => {
        if (!isSold(answer)) throw new Error(`${titles[server.name]}: ${answer}`);
        count++;
        return performance.now() < end;
      },
    });
    const each = (server.cpu() - before) / count;
    steady = each < least * 0.92 ? 0 : steady + 1;
    least = Math.min(least, each);
  }
}

const isSold = (answer) => answer.startsWith('HTTP/1.1 200') && answer.includes('"status":"CONFIRMED"');
const isRefused = (answer) => answer.includes('"code":"unprocessable"');

/** Sells until every buyer has been refused. */
async function sellOut(server, round) {
  const take = () => ({
    time: performance.now(), server: server.cpu(), postgres: postgresCpu(bench), driver: process.cpuUsage(),
  });
  const [latencies, marks] = [[], [take()]];
  await buy({
    port: server.port, request: checkout(HOT), buyers: BUYERS,
    goesOn: (answer, latency) => {
      if (isSold(answer)) {
        latencies.push(latency);
        if (latencies.length % (capacity / TENTHS) === 0) marks.push(progress(take(), marks, server, round));
      } else if (!isRefused(answer)) {
        throw new Error(`${titles[server.name]}: ${answer}`);
      }

      if (performance.now() - marks[0].time > SALE_MS) throw new Error(`${titles[server.name]} sells too slowly`);
      return !isRefused(answer);
    },
  });
  return figures(latencies, marks);
}

function progress(mark, marks, server, round) {
  const perSecond = (capacity / TENTHS) * 1000 / (mark.time - marks.at(-1).time);
  say(`round ${round}  ${titles[server.name].padEnd(10)}  ${marks.length * 10}% sold, `
    + `${Math.round(perSecond)} tickets/s`);
  return mark;
}

function figures(latencies, marks) {
  const sorted = latencies.toSorted((a, b) => a - b);
  const between = (first, last, tickets) => ({
    perSecond: tickets * 1000 / (last.time - first.time),
    server: (last.server - first.server) / tickets,
    postgres: (last.postgres - first.postgres) / tickets,
    driver: (last.driver.user + last.driver.system - first.driver.user - first.driver.system) / 1000 / tickets,
  });
  const tenths = marks.slice(1).map((mark, index) => between(marks[index], mark, capacity / TENTHS));
  const cost = ({ server, postgres }) => server + postgres;
  const all = between(marks[0], marks.at(-1), capacity);
  return {
    ...all,
    cpu: cost(all),
    lastOfFirst: cost(tenths.at(-1)) / cost(tenths[0]),
    p50: sorted[Math.floor(sorted.length / 2)],
    p99: sorted[Math.floor(sorted.length * 0.99)],
    confirmed: latencies.length,
    tenths,
  };
}

/** Compares what was sold with the capacity, and with what buyers were told. */
function audit(name, confirmed) {
  const [counter, tickets, orders] = sql(bench.psql, `
    SELECT quantity_sold,
        (SELECT count(*) FROM attendees WHERE ticket_type_id = '${HOT.typeId}' AND status = 'valid'),
        (SELECT count(*) FROM orders WHERE event_id = '${HOT.eventId}' AND status = 'confirmed')
    FROM ticket_types WHERE id = '${HOT.typeId}'`).split('|').map(Number);
  const oversold = Math.max(0, counter - capacity, tickets - capacity);
  if ([counter, tickets, orders, confirmed].some((count) => count !== capacity)) {
    throw new Error(`${titles[name]} has sold ${counter} of ${capacity} tickets, with ${tickets} valid tickets, `
      + `${orders} orders, and ${confirmed} confirmed checkouts; ${oversold} oversold`);
  }
  return oversold;
}

async function turn(name, round) {
  prepare();
  const server = await startServer(name, bench);
  try {
    await warmUp(server);
    const result = await sellOut(server, round);
    return { ...result, oversold: audit(name, result.confirmed) };
  } finally {
    await server.stop();
  }
}

function line(rounds) {
  const of = (name, member) => median(rounds.map((round) => round[name][member]));
  const ratio = (member) => median(rounds.map(({ product, floor }) => product[member] / floor[member])).toFixed(2);
  const ms = (name, member) => `${of(name, member).toFixed(2)} ms`;
  const cpu = (name) => `${ms(name, 'cpu')} (server ${ms(name, 'server')}, PostgreSQL ${ms(name, 'postgres')})`;
  const rate = (name) => Math.round(of(name, 'perSecond'));
  const last = (name) => of(name, 'lastOfFirst').toFixed(2);
  return `on-sale ${ratio('cpu')} (goal ${GOALS.cpu})  CPU ${cpu('product')}, floor ${cpu('floor')}; `
    + `rate ${ratio('perSecond')} (goal ${GOALS.rate}), ${rate('product')} tickets/s, floor ${rate('floor')}; `
    + `p50 ${ms('product', 'p50')}, p99 ${ms('product', 'p99')}, floor ${ms('floor', 'p50')}, ${ms('floor', 'p99')}; `
    + `${of('product', 'oversold')} oversold; last tenth costs ${last('product')} of the first, floor ${last('floor')}`;
}

async function main() {
  await compare();
  const rounds = [];
  for (let number = 1; number <= settings.rounds; number++)
    rounds.push({ floor: await turn('floor', number), product: await turn('product', number) });
  if (settings.json) fs.writeFileSync(settings.json, `${JSON.stringify({ settings, rounds }, null, 2)}\n`);
  console.log(line(rounds));
}

main().catch((fault) => {
  say(fault.message);
  process.exitCode = 1;
}).finally(drop);
