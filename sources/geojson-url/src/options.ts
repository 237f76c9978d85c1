import { baseUrl, secretText } from "@argus/source-sdk";
import { z } from "zod";

import { List } from "./list.ts";

const MAX_LISTS = 50;
const KEY = "{key}";
const WEB = /^https?:$/u;

/** Where files are published by many, and where their downloads lead; every other host is one that an address names. */
export const KNOWN_HOSTS = ["*.githubusercontent.com", "*.github.io", "*.arcgis.com", "*.opendatasoft.com"];

const Chosen = z.object({
  base_url: baseUrl("https://raw.githubusercontent.com").describe("The server of the lists that are given by path"),
  key: secretText("Put where an address has {key}"),
  lists: z.array(List).max(MAX_LISTS).default([]).describe("The files, and how to read them"),
});
type Chosen = z.infer<typeof Chosen>;

export const Options = Chosen.superRefine((chosen, context) => {
  const problem = (index: number, field: "id" | "url", message: string) =>
    context.addIssue({ code: "custom", path: ["lists", index, field], message });
  for (const [index, list] of chosen.lists.entries()) {
    if (chosen.lists.findIndex(({ id }) => id === list.id) < index)
      problem(index, "id", "begins the ids of two lists: give each its own");
    const why = whyNot(list, chosen);
    if (why !== null) problem(index, "url", why);
  }
});

/** The address of a list's file, the key in its place. */
export function addressOf({ url }: List, { base_url, key }: Pick<Chosen, "base_url" | "key">): URL | null {
  return URL.parse(url.replaceAll(KEY, encodeURIComponent(key)), `${base_url}/`);
}

function whyNot(list: List, chosen: Chosen): string | null {
  const url = addressOf(list, chosen);
  if (url === null || !WEB.test(url.protocol)) return "is no http or https address";
  if (list.url.includes(KEY) && chosen.key === "") return "has {key} in it, and there is no key: set the option key";
  return null;
}
