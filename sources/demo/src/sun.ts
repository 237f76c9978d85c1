const MS_PER_DAY = 86_400_000;
const UNIX_EPOCH_JD = 2_440_587.5;
const J2000_JD = 2_451_545;
const DAYS_PER_CENTURY = 36_525;
const RAD = Math.PI / 180;

/** Where something stands in the sky, in degrees: above the horizon, and clockwise from north. */
export type SkyPosition = { elevation: number; azimuth: number };

const sin = (deg: number) => Math.sin(deg * RAD);
const cos = (deg: number) => Math.cos(deg * RAD);
const turn = (deg: number) => deg - Math.floor(deg / 360) * 360;

function julianDay(timeMs: number): number {
  return timeMs / MS_PER_DAY + UNIX_EPOCH_JD;
}

/** Position from hour angle and declination, degrees, at a latitude. */
function horizontal(lat: number, hourAngle: number, declination: number): SkyPosition {
  const sinElevation = sin(lat) * sin(declination) + cos(lat) * cos(declination) * cos(hourAngle);
  const elevation = Math.asin(Math.max(-1, Math.min(1, sinElevation))) / RAD;
  const north = cos(lat) * sin(declination) - sin(lat) * cos(declination) * cos(hourAngle);
  const azimuth = Math.atan2(-cos(declination) * sin(hourAngle), north) / RAD;
  return { elevation, azimuth: turn(azimuth) };
}

/**
 * The sun's position without refraction; within 0.1° from 1900 to 2100.
 * NOAA Global Monitoring Laboratory, "Solar Calculation Details" (gml.noaa.gov/grad/solcalc/calcdetails.html), after
 * Jean Meeus, "Astronomical Algorithms".
 */
export function solarPosition(lat: number, lon: number, timeMs: number): SkyPosition {
  const t = (julianDay(timeMs) - J2000_JD) / DAYS_PER_CENTURY;
  const meanLongitude = turn(280.46646 + t * (36_000.76983 + t * 0.0003032));
  const anomaly = 357.52911 + t * (35_999.05029 - 0.0001537 * t);
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const centre =
    sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    sin(2 * anomaly) * (0.019993 - 0.000101 * t) +
    sin(3 * anomaly) * 0.000289;
  const node = 125.04 - 1934.136 * t;
  const apparent = meanLongitude + centre - 0.00569 - 0.00478 * sin(node);
  const obliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 + 0.00256 * cos(node);
  const declination = Math.asin(sin(obliquity) * sin(apparent)) / RAD;
  const y = Math.tan((obliquity / 2) * RAD) ** 2;
  const equationOfTime =
    (4 / RAD) *
    (y * sin(2 * meanLongitude) -
      2 * eccentricity * sin(anomaly) +
      4 * eccentricity * y * sin(anomaly) * cos(2 * meanLongitude) -
      0.5 * y * y * sin(4 * meanLongitude) -
      1.25 * eccentricity * eccentricity * sin(2 * anomaly));
  const utcMinutes = (timeMs % MS_PER_DAY) / 60_000;
  const trueSolarMinutes = utcMinutes + equationOfTime + 4 * lon;
  return horizontal(lat, trueSolarMinutes / 4 - 180, declination);
}

/** Greenwich mean sidereal time in degrees (Meeus, chapter 12). */
export function siderealDegrees(timeMs: number): number {
  return turn(280.46061837 + 360.98564736629 * (julianDay(timeMs) - J2000_JD));
}

/** The moon: where it stands, and how far it has waxed: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter. */
export type Moon = SkyPosition & { phase: number };

/**
 * Seen from the earth's centre, within about a degree: the main terms of the Astronomical Almanac's low-precision
 * formulae.
 */
export function moonPosition(lat: number, lon: number, timeMs: number): Moon {
  const days = julianDay(timeMs) - J2000_JD;
  const longitude = 218.316 + 13.176396 * days + 6.289 * sin(134.963 + 13.064993 * days);
  const latitude = 5.128 * sin(93.272 + 13.22935 * days);
  const obliquity = 23.4393;
  const declination = Math.asin(sin(latitude) * cos(obliquity) + cos(latitude) * sin(obliquity) * sin(longitude)) / RAD;
  const ascension =
    Math.atan2(sin(longitude) * cos(obliquity) - Math.tan(latitude * RAD) * sin(obliquity), cos(longitude)) / RAD;
  const sunAnomaly = 357.529 + 0.98560028 * days;
  const sunLongitude = 280.459 + 0.98564736 * days + 1.915 * sin(sunAnomaly);
  const at = horizontal(lat, siderealDegrees(timeMs) + lon - ascension, declination);
  return { ...at, phase: turn(longitude - sunLongitude) / 360 };
}
