import { problemOf } from "../models/problem.ts";
import { objectOf } from "./option-fields.ts";

/** What the server had against a change: beside the options it named, and what concerns the whole. */
export type Refusal = { byOption: Readonly<Record<string, string>>; rest: string | null; code: string | null };

/** Sorts an error's details, `{ path: "lists.0.url", message }` each, to the options they are about. */
export function refusalOf(error: unknown, names: readonly string[]): Refusal {
  const { message, code } = problemOf(error);
  const byOption: Record<string, string> = {};
  const others: string[] = [];
  for (const issue of issuesOf(error)) {
    const [name = "", ...inside] = issue.path.split(".");
    const line = inside.length === 0 ? issue.message : `${inside.join(".")}: ${issue.message}`;
    if (!names.includes(name)) others.push(line);
    else byOption[name] = byOption[name] === undefined ? line : `${byOption[name]}; ${line}`;
  }
  const isTold = Object.keys(byOption).length > 0 && others.length === 0;
  return { byOption, rest: isTold ? null : message, code };
}

function issuesOf(error: unknown): { path: string; message: string }[] {
  const details = error instanceof Error && "details" in error ? error.details : null;
  if (!Array.isArray(details)) return [];
  return details.flatMap((one: unknown) => {
    const { path, message } = objectOf(one);
    return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
  });
}
