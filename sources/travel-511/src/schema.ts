import { RowId } from "@argus/source-sdk";
import { z } from "zod";

const Degrees = z.union([z.number(), z.string()]).nullish();
const Text = z.string().nullish();

const View = z.object({ Id: RowId.nullish(), Url: Text, VideoUrl: Text, Status: Text, Description: Text });
export type View = z.infer<typeof View>;

/** A site with its views, as version 2 of the API lists it; only what is used of it. */
const CurrentSite = z.object({
  Id: RowId,
  Roadway: Text,
  Direction: Text,
  Latitude: Degrees,
  Longitude: Degrees,
  Location: Text,
  Views: z.array(View),
});

/** A camera as the older API lists it: a site with one view. */
const LegacySite = z
  .object({
    ID: RowId,
    Name: Text,
    DirectionOfTravel: Text,
    RoadwayName: Text,
    Latitude: Degrees,
    Longitude: Degrees,
    Url: Text,
    VideoUrl: Text,
    Disabled: z.boolean().nullish(),
    Blocked: z.boolean().nullish(),
  })
  .transform(({ ID, Name, DirectionOfTravel, RoadwayName, Latitude, Longitude, Url, VideoUrl, Disabled, Blocked }) => {
    const Status = Disabled === true || Blocked === true ? "Disabled" : "Enabled";
    return {
      Id: ID,
      Roadway: RoadwayName,
      Direction: DirectionOfTravel,
      Latitude,
      Longitude,
      Location: Name,
      Views: [{ Id: null, Url, VideoUrl, Status, Description: null }],
    };
  });

export const Site = z.union([CurrentSite, LegacySite]);
export type Site = z.infer<typeof CurrentSite>;
