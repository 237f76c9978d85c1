/** What origins answer with. */
export const SHAPES = ["json", "geojson", "arcgis", "csv", "xml", "html"] as const;
export type Shape = (typeof SHAPES)[number];

type ShapeFacts = {
  /** The fixture's file. */
  file: string;
  /** What the fixture is served as, where that cannot be told from its text. */
  contentType: string | null;
  /** Where the list is, when no address is given. */
  path: string;
  /** What the SDK appends to the path when it asks. */
  asked: string;
};

/** What differs between the shapes besides their templates. */
export const SHAPE_FACTS: Readonly<Record<Shape, ShapeFacts>> = {
  json: { file: "cameras.json", contentType: null, path: "/cameras.json", asked: "" },
  geojson: { file: "cameras.geojson", contentType: null, path: "/cameras.geojson", asked: "" },
  arcgis: {
    file: "layer.json",
    contentType: null,
    path: "/arcgis/rest/services/cameras/FeatureServer/0",
    asked: "/query",
  },
  csv: { file: "cameras.csv", contentType: "text/csv; charset=utf-8", path: "/cameras.csv", asked: "" },
  xml: { file: "cameras.xml", contentType: null, path: "/cameras.xml", asked: "" },
  html: { file: "cameras.html", contentType: "text/html; charset=utf-8", path: "/cameras", asked: "" },
};

/** Whether a text names a shape. */
export function isShape(text: string): text is Shape {
  return SHAPES.some((shape) => shape === text);
}
