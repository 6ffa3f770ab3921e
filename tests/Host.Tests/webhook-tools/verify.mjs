// Reads JSON lines {secret, headers, body} and prints, for each one, which of the libraries verify it.
import { createInterface } from "node:readline";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

const verifies = (library, { secret, headers, body }) => {
  try {
    new library(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  const verdicts = [StandardWebhook, SvixWebhook].map((library) => verifies(library, message));
  console.log(verdicts.join(" "));
}
