import { type CameraInput, imageUrl } from "@argus/source-sdk";

/** How a webcam's picture comes; a page can only be linked to. */
export type Kind = Extract<CameraInput["stream_kind"], "jpeg" | "mjpeg" | "hls" | "mp4" | "page">;

const BETWEEN_ADDRESSES = /\s*;\s*(?=https?:\/\/|www\.)/iu;
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/iu;
const HOST_AND_PATH = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:[/?#]\S*)?$/u;

const ENDINGS: readonly [Kind, RegExp][] = [
  ["hls", /\.m3u8$/iu],
  ["mp4", /\.mp4$/iu],
  // Axis cameras and their kin: /axis-cgi/mjpg/video.cgi, /mjpg/video.mjpg.
  ["mjpeg", /\.mjpe?g$|\/mjpe?g\/[^/]*\.cgi$/iu],
  // A page about a picture ends like one, on Wikimedia's sites.
  ["page", /\/wiki\/[^/]+:[^/]+$/iu],
  ["jpeg", /\.(?:jpe?g|png|gif|webp)$|\/jpe?g\/[^/]*\.cgi$/iu],
  ["page", /\.(?:[a-z]?html?|php\d?|aspx?|jsp|cfm|swf)$/iu],
];
const NAMES_PICTURE = /=[^&]*\.(?:jpe?g|png)$/iu;

/** The addresses in a tag's value, which may hold several and lack their scheme; what is none is left out. */
export function addressesIn(value: string): string[] {
  return value.split(BETWEEN_ADDRESSES).flatMap((part) => {
    const text = part.trim();
    const address = !HAS_SCHEME.test(text) && HOST_AND_PATH.test(text) ? `http://${text}` : text;
    return imageUrl(address) ?? [];
  });
}

/** Tells pictures from pages by the address alone: by how its path ends, else by what its query asks for. */
export function kindOf(address: string): Kind {
  const { pathname, search } = new URL(address);
  const known = ENDINGS.find(([, ending]) => ending.test(pathname));
  return known?.[0] ?? (NAMES_PICTURE.test(search) ? "jpeg" : "page");
}
