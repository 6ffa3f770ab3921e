// Starts and stops the servers, and reads how much CPU time they and PostgreSQL have used.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));
const NO_LIMIT = '1000000000';
const START_MS = 180_000;
const STOP_MS = 10_000;

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) child.kill('SIGTERM');
    process.exit(1);
  });
}

export const titles = { floor: 'floor', product: 'Equaticket', peer: 'GraphQL.NET' };

/**
 * @param bench { root, folder, connection }
 * @param label tells servers of the same name apart
 */
export async function startServer(name, bench, label = titles[name]) {
  const port = await freePort();
  const log = fs.openSync(path.join(bench.folder, `${name}.log`), 'a');
  const [program, ...args] = command(name, bench.root);
  const child = spawn(program, args, {
    cwd: bench.folder, env: environment(name, bench, port), stdio: ['ignore', log, log],
  });
  fs.closeSync(log);
  running.add(child);
  const server = {
    name,
    label,
    port,
    cpu: () => cpuOf(child.pid),
    memory: () => memoryOf(child.pid),
    stop: () => stop(child),
  };
  try {
    await waitUntilReady(server, child);
  } catch (fault) {
    await server.stop();
    throw new Error(`${name}: ${fault.message}. See ${path.join(bench.folder, `${name}.log`)}`);
  }
  return server;
}

/** The CPU time, in milliseconds, that the cluster's processes have used, including those that have exited. */
export function postgresCpu(bench) {
  const postmaster = fs.readFileSync(path.join(bench.cluster, 'postmaster.pid'), 'utf8').split('\n')[0];
  for (;;) {
    const exited = millisecondsOfExited(statOf(postmaster));
    let used = exited;
    for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const fields = statOf(pid);
        if (fields[1] === postmaster) used += millisecondsOf(fields);
      } catch {
        // The process has exited.
      }
    }

    // If a process exits in the meantime, its time is in neither figure.
    if (millisecondsOfExited(statOf(postmaster)) === exited) return used;
  }
}

function command(name, root) {
  const program = (project) =>
    path.join(root, `artifacts/bin/${project}/release/Equaticket.${project}.dll`);
  return name === 'product'
    ? ['dotnet', program('Host'), 'serve']
    : ['dotnet', program(name === 'floor' ? 'Floor' : 'Peer')];
}

function environment(name, bench, port) {
  const own = name === 'product'
    ? {
      RateLimits__Plans__pro: NO_LIMIT,
      RateLimits__PublicPerMinute: NO_LIMIT,
      RateLimits__CheckoutPerMinute: NO_LIMIT,
      // Nothing listens there, so email stays queued.
      Email__SmtpHost: '127.0.0.1',
      Email__SmtpPort: '1',
    }
    : {};
  return {
    ...process.env,
    ...own,
    ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
    ASPNETCORE_ENVIRONMENT: 'Development',
    ConnectionStrings__Equaticket: bench.connection,
    Equaticket__PublicUrl: 'https://tickets.example.com',
    EQUATICKET_DATA: path.join(bench.folder, 'data'),
    Logging__LogLevel__Default: 'Warning',
    // The compiler reaches its final tier sooner; the resulting code is the same.
    DOTNET_TC_CallCountingDelayMs: '0',
  };
}

async function waitUntilReady(server, child) {
  for (const start = Date.now(); Date.now() - start < START_MS; await sleep(100)) {
    if (child.exitCode !== null) throw new Error('It ended');
    try {
      const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`);
      await answer.text();
      if (answer.ok) return;
    } catch {
      // It isn't listening yet.
    }
  }
  throw new Error('It did not start');
}

async function stop(child) {
  child.kill('SIGTERM');
  for (const start = Date.now(); child.exitCode === null && child.signalCode === null; await sleep(50)) {
    if (Date.now() - start > STOP_MS) child.kill('SIGKILL');
  }
  running.delete(child);
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function statOf(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

const millisecondsOf = (fields) => (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS_PER_SECOND;
const millisecondsOfExited = (fields) => (Number(fields[13]) + Number(fields[14])) * 1000 / TICKS_PER_SECOND;
const cpuOf = (pid) => millisecondsOf(statOf(pid));
const memoryOf = (pid) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
