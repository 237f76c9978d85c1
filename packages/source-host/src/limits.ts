/** What bounds a scrape. Times in milliseconds. */
export type HostLimits = {
  /** The most scrapes at once. */
  maxScrapes: number;
  /** The most of them that the schedule has started: the other places are for people. */
  maxScheduled: number;
  /** Cameras per write to the store. */
  batchSize: number;
  /** How long a camera waits for its batch to fill. */
  batchMs: number;
  /** How many cameras may wait for the store when a source does not await `emit`. */
  maxWaiting: number;
  /** The most cameras one source may list in a scrape. */
  maxCameras: number;
  /** The most time one source is given. */
  deadlineMs: number;
  /** How long a source that was told to stop is waited for. */
  graceMs: number;
  /** The most time a source is given to say where a camera's pictures are. */
  resolveMs: number;
  /** How long a process that has resolved cameras waits for the next one. */
  resolveIdleMs: number;
  /** The least time between two saves of a running scrape. */
  saveMs: number;
  /** The most time between two saves of a running scrape, whatever it does. */
  beatMs: number;
  /** The least time between two events for one subscriber. */
  eventMs: number;
};

export const DEFAULT_LIMITS: HostLimits = {
  maxScrapes: 20,
  maxScheduled: 16,
  batchSize: 500,
  batchMs: 250,
  maxWaiting: 50_000,
  maxCameras: 2_000_000,
  deadlineMs: 600_000,
  graceMs: 5000,
  resolveMs: 20_000,
  resolveIdleMs: 30_000,
  saveMs: 3000,
  beatMs: 10_000,
  eventMs: 200,
};
