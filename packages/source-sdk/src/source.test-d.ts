import { z } from "zod";

import { defineSource } from "./source.ts";

const base = {
  apiVersion: 1,
  id: "example",
  name: "Example",
  description: "Made up for this test.",
  enabled_by_default: false,
  required_env: [],
  hosts: ["cameras.example"],
  attribution: "Example Agency",
  licence: "CC0-1.0",
} as const;

// Not called: only checked by tsc.
export function optionsAreTyped(): void {
  defineSource({
    ...base,
    required_env: [...base.required_env],
    hosts: [...base.hosts],
    options: z.object({ base_url: z.url().default("https://cameras.example"), pages: z.int().default(3) }),
    async scrape({ options, emit }) {
      const pages: number = options.pages;
      const url: string = options.base_url;
      // @ts-expect-error: an option that the schema does not have
      void options.page;
      // @ts-expect-error: a camera needs a name and a kind
      await emit({ id: String(pages), stream_url: url });
    },
  });
}

export function baseUrlIsNeeded(): void {
  defineSource({
    ...base,
    required_env: [],
    hosts: [],
    // @ts-expect-error: options must have base_url
    options: z.object({ pages: z.int().default(3) }),
    async scrape() {},
  });
  defineSource({
    ...base,
    required_env: [],
    hosts: [],
    // @ts-expect-error: base_url must be text
    options: z.object({ base_url: z.int().default(1) }),
    async scrape() {},
  });
}

export function apiVersionIsChecked(): void {
  defineSource({
    ...base,
    required_env: [],
    hosts: [],
    // @ts-expect-error: there is no version 2
    apiVersion: 2,
    options: z.object({ base_url: z.url().default("https://cameras.example") }),
    async scrape() {},
  });
}

export function resolveIsTyped(): void {
  defineSource({
    ...base,
    required_env: [],
    hosts: [],
    areas: [[-10, 40, 5, 60]],
    options: z.object({ base_url: z.url().default("https://cameras.example"), size: z.int().default(1) }),
    async scrape() {},
    async resolve(camera, ctx) {
      const size: number = ctx.options.size;
      const name: string = camera.name;
      // @ts-expect-error: the registry's prefix is not the source's business
      void camera.source_id;
      // @ts-expect-error: nothing is listed while a camera is viewed
      void ctx.emit;
      return { stream_url: `https://cameras.example/${camera.id}?${name}${size}`, expires_in_s: 600 };
    },
  });
  defineSource({
    ...base,
    required_env: [],
    hosts: [],
    options: z.object({ base_url: z.url().default("https://cameras.example") }),
    async scrape() {},
    // @ts-expect-error: it must say how long that holds
    async resolve() {
      return { stream_url: "https://cameras.example/1.jpg" };
    },
  });
}
