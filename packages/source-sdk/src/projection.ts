/** A point of a projected system: metres, or degrees where the system is in degrees. */
export type Point = { x: number; y: number };
export type LonLat = { lon: number; lat: number };
/** From a projected point to WGS 84 degrees. */
export type Projection = (point: Point) => LonLat;

const RADIANS_TO_DEGREES = 180 / Math.PI;
/** Semi-major axis in metres and inverse flattening of WGS 84; GRS 80, of ETRS89, differs by 0.1 mm. */
const AXIS = 6_378_137;
const INVERSE_FLATTENING = 298.257_223_563;
/** Half the circumference: the edge of the web mercator square. */
export const MERCATOR_EDGE: number = Math.PI * AXIS;
const UTM_SCALE = 0.9996;
const UTM_FALSE_EASTING = 500_000;
const UTM_FALSE_NORTHING_SOUTH = 10_000_000;
const UTM_ZONES = 60;
const DEGREES_PER_ZONE = 6;

// Degrees on ellipsoids within a metre or two of WGS 84: WGS 84, ETRS89, NAD83, GDA94, GDA2020, NZGD2000, JGD2011, SIRGAS.
const DEGREES_EPSG: ReadonlySet<number> = new Set([4326, 4258, 4269, 4283, 7844, 4167, 6668, 4674]);
const MERCATOR_EPSG: ReadonlySet<number> = new Set([3857, 3785, 900_913, 102_100, 102_113]);

/**
 * The projection that an EPSG (or Esri) code names: degrees, web mercator, and UTM on WGS 84 (326zz north, 327zz south)
 * and ETRS89 (258zz). Null for any other.
 */
export function projectionOf(epsg: number): Projection | null {
  if (DEGREES_EPSG.has(epsg)) return ({ x, y }) => ({ lon: x, lat: y });
  if (MERCATOR_EPSG.has(epsg)) return fromMercator;
  const zone = epsg % 100;
  const family = Math.floor(epsg / 100);
  if (zone < 1 || zone > UTM_ZONES) return null;
  if (family === 326 || family === 258) return utmProjection(zone, false);
  return family === 327 ? utmProjection(zone, true) : null;
}

/** Web mercator: the sphere's inverse, J. P. Snyder, Map Projections (USGS Professional Paper 1395, 1987), p. 44. */
export function fromMercator({ x, y }: Point): LonLat {
  return {
    lon: (x / AXIS) * RADIANS_TO_DEGREES,
    lat: (Math.PI / 2 - 2 * Math.atan(Math.exp(-y / AXIS))) * RADIANS_TO_DEGREES,
  };
}

/**
 * UTM: the inverse transverse mercator by Krüger's series in n, to the fourth order, which is exact to a millimetre
 * within a zone: C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers (2011), equations 11 to 22
 * and 36; the latitude by Newton's iteration of his equations 7 to 9 and 19 to 21.
 */
export function utmProjection(zone: number, south: boolean): Projection {
  const centre = zone * DEGREES_PER_ZONE - 183;
  return ({ x, y }) => {
    const xi0 = (y - (south ? UTM_FALSE_NORTHING_SOUTH : 0)) / (UTM_SCALE * RECTIFYING_RADIUS);
    const eta0 = (x - UTM_FALSE_EASTING) / (UTM_SCALE * RECTIFYING_RADIUS);
    let xi = xi0;
    let eta = eta0;
    BETA.forEach((beta, index) => {
      const order = 2 * (index + 1);
      xi -= beta * Math.sin(order * xi0) * Math.cosh(order * eta0);
      eta -= beta * Math.cos(order * xi0) * Math.sinh(order * eta0);
    });
    const conformal = Math.sin(xi) / Math.hypot(Math.sinh(eta), Math.cos(xi));
    return {
      lon: centre + Math.atan2(Math.sinh(eta), Math.cos(xi)) * RADIANS_TO_DEGREES,
      lat: Math.atan(geographicTangent(conformal)) * RADIANS_TO_DEGREES,
    };
  };
}

const FLATTENING = 1 / INVERSE_FLATTENING;
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));
const N = FLATTENING / (2 - FLATTENING);
const RECTIFYING_RADIUS = (AXIS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const BETA: readonly number[] = [
  N / 2 - (2 / 3) * N ** 2 + (37 / 96) * N ** 3 - N ** 4 / 360,
  N ** 2 / 48 + N ** 3 / 15 - (437 / 1440) * N ** 4,
  (17 / 480) * N ** 3 - (37 / 840) * N ** 4,
  (4397 / 161_280) * N ** 4,
];
const NEWTON_STEPS = 5;

/** The tangent of the latitude whose conformal latitude has this tangent. */
function geographicTangent(conformal: number): number {
  let tangent = conformal;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const root = Math.sqrt(1 + tangent ** 2);
    const sigma = Math.sinh(ECCENTRICITY * Math.atanh((ECCENTRICITY * tangent) / root));
    const guess = tangent * Math.sqrt(1 + sigma ** 2) - sigma * root;
    const slope = 1 + (1 - ECCENTRICITY ** 2) * tangent ** 2;
    tangent += ((conformal - guess) / Math.sqrt(1 + guess ** 2)) * (slope / ((1 - ECCENTRICITY ** 2) * root));
  }
  return tangent;
}
