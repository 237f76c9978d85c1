/** A moment on the clocks of a place. */
export type LocalTime = {
  /** `2026-11-21 SAT` */
  date: string;
  /** `14:03:22` */
  time: string;
  /** `UTC+01:00` */
  offset: string;
  /** 0 to 24, with its fraction. */
  hour: number;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  formats.set(zone, format);
  return format;
}

/** What the clocks of an IANA time zone show. */
export function localTime(zone: string, timeMs: number): LocalTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(timeMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const offset = part("timeZoneName").replace("GMT", "");
  return {
    date: `${part("year")}-${part("month")}-${part("day")} ${part("weekday").toUpperCase()}`,
    time: `${part("hour")}:${part("minute")}:${part("second")}`,
    offset: `UTC${offset === "" ? "+00:00" : offset.replace("−", "-")}`,
    hour: Number(part("hour")) + Number(part("minute")) / 60 + Number(part("second")) / 3600,
  };
}
