import { elementAt, elementsIn, elementText, imageUrl } from "@argus/source-sdk";
import { z } from "zod";

/** `mot Svelgen`, `i retning Svelgen`. */
const TOWARDS = /^(?:mot|i retning|retning)\s+/iu;
const HLS = /\.m3u8(?:\?|$)/iu;

/** The cameras of a CCTV site table: `CctvCameraMetadataRecord` of DATEX II 3.1's CCTV extension. */
export function recordsIn(publication: unknown): unknown[] {
  return elementsIn(publication, "cctvCameraMetadataRecord");
}

/** Texts in several languages are `value`s below their element. */
function textAt(record: unknown, ...names: string[]): string | null {
  const element = elementAt(record, ...names);
  return elementText(element) ?? elementText(elementAt(element, "value"));
}

/** A camera's record, which is one view of a site. */
export const CameraRecord = z
  .looseObject({ "@id": z.string().min(1), cctvCameraLocation: z.unknown() })
  .transform((record, context) => {
    const still = textAt(record, "cctvStillImageService", "urlLinkAddress");
    const video = textAt(record, "cctvVideoService", "urlLinkAddress");
    if (still !== null && imageUrl(still) === null) context.addIssue("stillImageUrl must be an http or https URL");
    return {
      id: record["@id"],
      site: textAt(record, "cctvCameraSiteLocalDescription"),
      /** The place it looks towards. */
      towards: textAt(record, "cctvCameraOrientationDescription")?.replace(TOWARDS, "") ?? null,
      road: textAt(record, "cctvCameraLocation", "roadNumber"),
      place: elementAt(record, "cctvCameraLocation", "pointCoordinates"),
      still: imageUrl(still),
      /** Only what browsers play. */
      video: video !== null && HLS.test(video) ? imageUrl(video) : null,
    };
  });
export type CameraRecord = z.output<typeof CameraRecord>;
