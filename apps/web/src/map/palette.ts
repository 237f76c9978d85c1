/** The map's colours; MapLibre cannot read the page's custom properties, so those it shares are written twice. */
export const PALETTE = {
  sea: "#0a0e13",
  land: "#151c25",
  coast: "#364654",
  border: "#2a3642",
  grid: "#121922",
  country: "#71859a",
  city: "#9cadbc",
  capital: "#b9c7d3",
  dot: "#617384",
  cluster: "#14303d",
  clusterEdge: "#4d94a8",
  clusterText: "#d9f0f6",
  accent: "#7cc7d9",
  live: "#52c48f",
  warning: "#d8a64a",
  fault: "#ea7068",
} as const;
