const PATHS = {
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4 14 14",
  scrape: "M13.2 6.5A5.5 5.5 0 0 0 3.4 4.9M2.8 9.5a5.5 5.5 0 0 0 9.8 1.6M3 2v3h3M13 14v-3h-3",
  export: "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  check: "M3 8.5l3.2 3.2L13 4.8",
  down: "M4 6l4 4 4-4",
  previous: "M10 3.5 5.5 8l4.5 4.5",
  next: "M6 3.5 10.5 8 6 12.5",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.2v9.6L12.5 8z",
  enlarge: "M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9",
  reduce: "M13.5 6.5h-4v-4M9.5 6.5 14 2M2.5 9.5h4v4M6.5 9.5 2 14",
  copy: "M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3",
  warning: "M8 2.2 14.5 13.5h-13zM8 6.5v3.4M8 11.3v.6",
  map: "M2 4l4-1.5 4 1.5 4-1.5v9.5L10 13.5 6 12l-4 1.5zM6 2.5V12M10 4v9.5",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.5M2.5 8h.5M2.5 12h.5",
  detail: "M2 4.5h9v7H2zM11 7l3-2v6l-3-2",
  star: "M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z",
  wall: "M2.5 2.5h4.8v4.8H2.5zM8.7 2.5h4.8v4.8H8.7zM2.5 8.7h4.8v4.8H2.5zM8.7 8.7h4.8v4.8H8.7z",
  collection: "M2 4.5h4.5L8 6h6v7H2zM4 2.5h8",
  edit: "M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4zM9.6 4.2l2.2 2.2",
  remove: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9",
  import: "M8 10V2M4.8 5.2 8 2l3.2 3.2M2.5 13.5h11",
  up: "M4 10l4-4 4 4",
  settings:
    "M2.5 4.5h5M11 4.5h2.5M7.5 4.5a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0M2.5 11.5H5M8.5 11.5h5M5 11.5a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0",
  open: "M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5",
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words; it says nothing to those who cannot see it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="5" />
      <path d="M8 .8v2.6M8 12.6v2.6M.8 8h2.6M12.6 8h2.6" />
      <circle class="mark-pupil" cx="8" cy="8" r="1.9" />
    </svg>
  );
}
