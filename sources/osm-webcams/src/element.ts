import { type CameraInput, countryCode, headingOf, imageUrl, positionOf, stableId } from "@argus/source-sdk";
import { z } from "zod";

import { addressesIn, type Kind, kindOf } from "./address.ts";

const MAX_NAME = 300;
const MAX_PLACE = 120;
const MAX_TEXT = 2000;
const MAX_TAG = 40;
const FULL_TURN = 360;
/** A description up to this long serves as a name. */
const MAX_NAME_LIKE = 80;
const WEST_OF_NORTH = /^-\d{1,3}(?:\.\d+)?$/u;
/** What the tag zone says of nearly all of them. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["area", "public", "yes", "outdoor", "webcam", "camera"]);
// The first that there is. Only what is a camera itself has its webcam on its website.
const ADDRESS_TAGS = ["contact:webcam", "webcam", "url", "website", "contact:website"];

/** What the Overpass API says of a node, way or relation (https://wiki.openstreetmap.org/wiki/OSM_JSON); only what is used. */
export const Element = z
  .object({
    type: z.enum(["node", "way", "relation"]),
    id: z.int(),
    lat: z.number().optional(),
    lon: z.number().optional(),
    center: z.object({ lat: z.number(), lon: z.number() }).optional(),
    tags: z.record(z.string(), z.string()),
  })
  .transform((element, context) => {
    const { tags } = element;
    const tagged = ADDRESS_TAGS.find((tag) => tags[tag] !== undefined) ?? "contact:webcam";
    const addresses = [...new Set(addressesIn(tags[tagged] ?? ""))];
    if (addresses.length > 0) return { ...element, addresses };
    context.addIssue({ code: "custom", path: ["tags", tagged], message: "is no address on the web" });
    return z.NEVER;
  });
export type Element = z.output<typeof Element>;

/** A camera for each of an element's addresses; the first has the element's own id. */
export function camerasOf(element: Element): CameraInput[] {
  const { type, id, lat, lon, center, tags, addresses } = element;
  return addresses.map((address, index) => ({
    id: index === 0 ? `${type}/${id}` : `${type}/${id}:${stableId(address)}`,
    name: nameOf(element, address) + (index === 0 ? "" : ` (${index + 1})`),
    description: descriptionOf(tags),
    ...positionOf(center ?? { lat, lon }),
    country: countryCode(tags["addr:country"] ?? ""),
    city: tags["addr:city"]?.trim().slice(0, MAX_PLACE) || null,
    heading_deg: headingIn(tags),
    ...addressOf(element, address),
    tags: zonesOf(tags),
  }));
}

function addressOf({ type, id, tags }: Element, address: string) {
  const stated: Kind | undefined = tags["contact:webcam:type"] === "image" ? "jpeg" : undefined;
  const kind = kindOf(address);
  const stream_kind = kind === "page" ? (stated ?? kind) : kind;
  if (stream_kind === "page") return { stream_url: null, stream_kind, page_url: address };
  const website = imageUrl(tags["website"] ?? tags["contact:website"]);
  const isPage = website !== null && kindOf(website) === "page";
  return { stream_url: address, stream_kind, page_url: isPage ? website : osmPage(type, id) };
}

/** Where the map's users see and mend what it says. */
function osmPage(type: string, id: number): string {
  return `https://www.openstreetmap.org/${type}/${id}`;
}

function nameOf({ tags }: Element, address: string): string {
  const described = (tags["description"] ?? "").length > MAX_NAME_LIKE ? undefined : tags["description"];
  const operated = [tags["operator"], tags["ref"]].filter((text) => text !== undefined).join(" ");
  const candidates = [tags["name"], described, operated, `Webcam of ${new URL(address).hostname}`];
  return (candidates.find((text) => text?.trim()) ?? "").trim().slice(0, MAX_NAME);
}

function descriptionOf(tags: Element["tags"]): string | null {
  const operator = tags["operator"] === undefined ? [] : [`Operator: ${tags["operator"]}`];
  const lines = [...(tags["description"] === undefined ? [] : [tags["description"]]), ...operator];
  return lines.join("\n").trim().slice(0, MAX_TEXT) || null;
}

/** Of a camera that turns, or shows several views, nothing. What is no camera has its own direction. */
function headingIn(tags: Element["tags"]): number | null {
  const own = tags["man_made"] === "surveillance" ? tags["direction"] : undefined;
  const text = (tags["camera:direction"] ?? own)?.trim();
  return headingOf(text !== undefined && WEST_OF_NORTH.test(text) ? Number(text) + FULL_TURN : text);
}

function zonesOf(tags: Element["tags"]): string[] {
  const zones = [tags["surveillance"], tags["surveillance:zone"]].flatMap(
    (zone) => zone?.toLowerCase().split(";") ?? [],
  );
  const said = zones.map((zone) => zone.trim()).filter((zone) => zone !== "" && zone.length <= MAX_TAG);
  return [...new Set(said.filter((zone) => !SAYS_NOTHING.has(zone)))];
}
