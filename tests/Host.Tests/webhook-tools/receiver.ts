import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

const toleranceSeconds = 5 * 60;
const key = Buffer.from(process.env.WEBHOOK_SECRET!.slice("whsec_".length), "base64");

// False while a message is being handled. In production, use a table with a unique key, written in the same
// transaction as your work, so that all of your servers share it.
const handled = new Map<string, boolean>();

async function handle(event: { id: string; type: string }): Promise<void> {
  console.log(`${event.type} ${event.id}`); // Do your work here.
}

function isGenuine(headers: IncomingMessage["headers"], body: Buffer): boolean {
  const id = String(headers["webhook-id"]);
  const timestamp = String(headers["webhook-timestamp"]);
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= toleranceSeconds)) return false;
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return String(headers["webhook-signature"]).split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function receive(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) return 401;
  const id = String(request.headers["webhook-id"]);
  // The first attempt may still fail. After a conflict, the message is sent again later.
  if (handled.has(id)) return handled.get(id) ? 204 : 409;
  handled.set(id, false);
  try {
    await handle(JSON.parse(body.toString("utf8")));
  } catch (fault) {
    handled.delete(id);
    throw fault;
  }

  handled.set(id, true);
  return 204;
}

const server = createServer(async (request, response) => {
  try {
    response.writeHead(await receive(request)).end();
  } catch (fault) {
    console.error(fault);
    response.writeHead(500).end();
  }
});

server.listen(Number(process.env.PORT ?? 3000), () => {
  const address = server.address();
  console.log(`listening on ${typeof address === "object" ? address?.port : address}`);
});
