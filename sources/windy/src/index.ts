import {
  ArgusError,
  type CameraInput,
  countryCode,
  defineSource,
  eachPart,
  headingOf,
  imageUrl,
  positionOf,
  readRows,
  type Source,
} from "@argus/source-sdk";

import { addressOf, pictureOf, WindyApi } from "./api.ts";
import { rowsOf } from "./country.ts";
import { countriesNamed, Options } from "./options.ts";
import { idOf, Webcam } from "./schema.ts";

/** A picture's address is good for ten minutes with a free key; a minute is left for fetching it. */
const PICTURE_EXPIRES_S = 540;
/** `Parma › North-west`, `Kliny › South-west: Ski area`: after the mark stands where it looks. */
const LOOKS = /›\s*((?:north|south|east|west)(?:-(?:north|south|east|west))*)\s*(?::|›|$)/iu;

const source: Source = defineSource({
  apiVersion: 1,
  id: "windy",
  name: "Windy webcams",
  description:
    "More than 70,000 webcams all over the world, collected by Windy: landscapes, towns, beaches, ski areas, traffic; as stills of the last minutes. Needs a key, which is free. Name the countries you want, for all of them take long.",
  enabled_by_default: false,
  required_env: ["WINDY_API_KEY"],
  hosts: ["api.windy.com"],
  attribution: "Webcams provided by windy.com (https://windy.com); add a webcam: https://www.windy.com/webcams/add",
  licence: "Windy Webcams API terms of use",
  terms_url: "https://account.windy.com/agreements/windy-api-webcams-terms-of-use",
  interval_s: 86_400,
  bulk: false,
  options: Options,

  async scrape(ctx) {
    const api = new WindyApi(ctx);
    const named = countriesNamed(ctx.options);
    const unread: string[] = [];
    let listed = 0;
    let inactive = 0;
    const read = async (country: string): Promise<void> => {
      if (api.isSpent) return void unread.push(country);
      for (const webcam of readRows(await rowsOf({ api, ctx }, country), Webcam, ctx, { idOf, allowEmpty: true })) {
        if (webcam.status === "active") await ctx.emit(toCamera(webcam, ctx.options));
        else inactive += 1;
        listed += 1;
      }
    };
    await eachPart(ctx, named.length > 0 ? named : await api.countries(), { name: (country) => country, read });
    if (listed === 0) throw noWebcams(named);
    if (unread.length > 0)
      ctx.partial(`max_requests was reached before ${unread.length} countries, from ${unread[0]} on, were read`);
    ctx.log.info("webcams that are not active were left out", { inactive });
  },

  async resolve({ id }, ctx) {
    const picture = imageUrl(await pictureOf(ctx, id));
    if (picture !== null) return { stream_url: picture, expires_in_s: PICTURE_EXPIRES_S };
    throw new ArgusError("ARGUS_SOURCE_NO_PICTURE", `webcam ${id} has no picture at present; try again later`, {
      retryable: true,
    });
  },
});
export default source;

function toCamera(webcam: Webcam, options: { base_url: string }): CameraInput {
  const { webcamId: id, title, categories, location, urls } = webcam;
  return {
    id,
    name: title ?? `Webcam ${id}`,
    ...positionOf(location),
    country: countryCode(location.country_code ?? ""),
    region: location.region,
    city: location.city,
    heading_deg: headingOf(LOOKS.exec(title ?? "")?.[1]),
    stream_url: addressOf(options, id),
    stream_kind: "jpeg",
    page_url: imageUrl(urls?.detail),
    tags: categories.map(({ name }) => name.toLowerCase()),
  };
}

function noWebcams(named: readonly string[]): ArgusError {
  const where = named.length > 0 ? `${named.join(", ")}; check the codes in countries` : "any country";
  return new ArgusError("ARGUS_SOURCE_EMPTY", `Windy listed no webcam in ${where}`);
}
