// Integration code against the generated types. It is compiled, never run.
import type { components, paths } from "./generated/openapi";

type Created =
  paths["/api/v1/events"]["post"]["responses"][201]["content"]["application/json"];
type Refused =
  paths["/api/v1/events"]["post"]["responses"][409]["content"]["application/json"];

export const event: components["schemas"]["CreateEventRequest"] = {
  title: "Spring Workshop",
  timezone: "America/Chicago",
  starts_at: "2099-09-15T18:00:00Z",
  currency: "usd",
  metadata: { room: "5" },
};

// @ts-expect-error: a title cannot be cleared.
export const cleared: components["schemas"]["UpdateEventRequest"] = { title: null };

// @ts-expect-error: required fields are missing.
export const incomplete: components["schemas"]["CreateEventRequest"] = { title: "Short" };

export const isDraft = (created: Created): boolean => created.status === "draft";

export const capacity = (created: Created): number | null => created.capacity;

export const isTaken = (refused: Refused): boolean =>
  refused.error.code === "conflict" && refused.error.param === "slug";
