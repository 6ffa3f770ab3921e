import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

const toleranceSeconds = 5 * 60;
const key = Buffer.from(process.env.WEBHOOK_SECRET!.slice("whsec_".length), "base64");

// Use a table with a unique key instead, so that all of your servers share it.
const handled = new Set<string>();

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

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }

  const id = String(request.headers["webhook-id"]);
  if (!handled.has(id)) {
    const event = JSON.parse(body.toString("utf8"));
    console.log(`${event.type} ${event.id}`); // Do your work here.
    handled.add(id);
  }

  response.writeHead(204).end();
});

server.listen(Number(process.env.PORT ?? 3000), () => {
  const address = server.address();
  console.log(`listening on ${typeof address === "object" ? address?.port : address}`);
});
