import { type CameraInput, credentialIn, headingOf, imageUrl, plainText, positionOf } from "@argus/source-sdk";

import type { Host } from "./hosts.ts";
import type { Site, View } from "./schema.ts";

const NOTHING = /^(?:n\/?a|unknown|none|null|-)$/iu;
const DISABLED = /^disabled$/iu;
const PLAYLIST = /\.m3u8$/iu;
const MAX_TAG = 60;

/** Whether the site's owner has taken the view out of service. */
export function isDisabled(view: View): boolean {
  return DISABLED.test(view.Status?.trim() ?? "");
}

/** One view of a site, `host:site:view`; null when it has no picture at all. */
export function toCamera(host: Host, site: Site, index: number): CameraInput | null {
  const view = site.Views[index];
  const pictures = view === undefined ? null : picturesOf(host, view);
  if (view === undefined || pictures === null) return null;
  const roadway = said(site.Roadway);
  return {
    id: viewId(host, site, index),
    name: nameOf(host, site, index),
    ...positionOf({ latitude: site.Latitude, longitude: site.Longitude }, { areas: host.areas }),
    country: host.country,
    region: host.region,
    heading_deg: headingOf(said(view.Description)) ?? headingOf(said(site.Direction)),
    ...pictures,
    tags: roadway === null || roadway.length > MAX_TAG ? ["traffic"] : ["traffic", roadway.toLowerCase()],
    attribution: host.attribution,
    ...(host.licence === undefined ? {} : { licence: host.licence }),
    ...(host.terms_url === undefined ? {} : { terms_url: host.terms_url }),
  };
}

/** The older API has cameras and no views: there the site's id is the camera's. */
export function viewId(host: Host, site: Site, index: number): string {
  const id = site.Views[index]?.Id ?? null;
  return [host.host, site.Id, ...(id === null ? [] : [id])].join(":");
}

/** Video where there is one that plays without a token, with the still beside it; else the still. */
function picturesOf(host: Host, view: View): Pick<CameraInput, "stream_url" | "stream_kind" | "snapshot_url"> | null {
  const still = imageUrl(view.Url, `https://${host.host}`);
  const video = host.video === false ? null : URL.parse(imageUrl(view.VideoUrl) ?? "");
  if (video !== null && PLAYLIST.test(video.pathname) && credentialIn(video) === null)
    return { stream_url: video.href, stream_kind: "hls", snapshot_url: still };
  return still === null ? null : { stream_url: still, stream_kind: "jpeg" };
}

function nameOf(host: Host, { Id, Location, Roadway, Views }: Site, index: number): string {
  const place = said(Location) ?? said(Roadway) ?? `${host.region ?? host.host} ${Id}`;
  const view = said(Views[index]?.Description);
  if (view !== null && view !== place) return `${place}: ${view}`;
  return Views.length > 1 ? `${place} (view ${index + 1})` : place;
}

/** Text that says something: the sites write `N/A` and `Unknown` for what they do not know. */
function said(text: string | null | undefined): string | null {
  const plain = plainText(text);
  return plain === null || NOTHING.test(plain) ? null : plain;
}
