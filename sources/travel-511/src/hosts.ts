import type { Bbox } from "@argus/source-sdk";

/** One site of the platform. */
export type Host = {
  host: string;
  /** Null where it is not known, for a host that the user added. */
  country: "US" | "CA" | null;
  region: string | null;
  /** Where its cameras can be; what lies outside has no position. */
  areas: readonly Bbox[];
  attribution: string;
  licence?: string;
  terms_url?: string;
  /** Where its list is. Default: version 2 of the API. */
  list?: string;
  /** Whether its video can be had without logging in. Default: true. */
  video?: boolean;
};

/** North America: where any host's cameras can be. */
export const NORTH_AMERICA: Bbox[] = [[170, 24, -52, 84]];

/** The known sites, by what their key's option is called: `ontario` for `ontario_key`. */
export const HOSTS: Readonly<Record<string, Host>> = {
  alaska: site("511.alaska.gov", "US", "Alaska", [170, 50, -129, 72]),
  alberta: site("511.alberta.ca", "CA", "Alberta", [-120.2, 48.8, -109.8, 60.2]),
  arizona: site("az511.gov", "US", "Arizona", [-115, 31.2, -108.9, 37.2]),
  connecticut: site("ctroads.org", "US", "Connecticut", [-73.9, 40.8, -71.6, 42.2]),
  florida: site("fl511.com", "US", "Florida", [-87.8, 24.3, -79.8, 31.2]),
  georgia: site("511ga.org", "US", "Georgia", [-85.8, 30.2, -80.7, 35.2]),
  idaho: site("511.idaho.gov", "US", "Idaho", [-117.4, 41.8, -110.8, 49.2]),
  louisiana: site("511la.org", "US", "Louisiana", [-94.2, 28.8, -88.7, 33.2]),
  manitoba: site("manitoba511.ca", "CA", "Manitoba", [-102.2, 48.8, -88.8, 60.2]),
  nevada: site("nvroads.com", "US", "Nevada", [-120.2, 34.8, -113.9, 42.2]),
  new_brunswick: site("511.gnb.ca", "CA", "New Brunswick", [-69.2, 44.4, -63.6, 48.3]),
  // Maine, New Hampshire and Vermont.
  new_england: site("newengland511.org", "US", "New England", [-73.6, 42.5, -66.8, 47.6]),
  newfoundland: site("511nl.ca", "CA", "Newfoundland and Labrador", [-68, 46.4, -52.4, 60.6]),
  new_york: {
    ...site("511ny.org", "US", "New York", [-80, 40.3, -71.6, 45.2]),
    attribution: "Powered by 511NY",
    list: "/api/getcameras",
  },
  // Its video answers 401.
  north_carolina: { ...site("drivenc.gov", "US", "North Carolina", [-84.5, 33.7, -75.3, 36.8]), video: false },
  nova_scotia: site("511.novascotia.ca", "CA", "Nova Scotia", [-66.6, 43.2, -59.5, 47.3]),
  ontario: {
    ...site("511on.ca", "CA", "Ontario", [-95.4, 41.5, -74.1, 57]),
    attribution: "Contains information licensed under the Open Government Licence – Ontario (511on.ca)",
    licence: "Open Government Licence – Ontario",
    terms_url: "https://www.ontario.ca/page/open-government-licence-ontario",
  },
  saskatchewan: site("hotline.gov.sk.ca", "CA", "Saskatchewan", [-110.2, 48.8, -101.2, 60.2]),
  utah: site("udottraffic.utah.gov", "US", "Utah", [-114.2, 36.8, -108.8, 42.2]),
  wisconsin: site("511wi.gov", "US", "Wisconsin", [-93.1, 42.3, -86.6, 47.2]),
  yukon: site("511yukon.ca", "CA", "Yukon", [-141.2, 59.8, -123.6, 69.8]),
};

/** A host of the platform that is not among the known ones. */
export function unknownHost(host: string): Host {
  return { host, country: null, region: null, areas: NORTH_AMERICA, attribution: host };
}

function site(host: string, country: "US" | "CA", region: string, area: Bbox): Host {
  return { host, country, region, areas: [area], attribution: `511 ${region} (${host})` };
}
