/** `package`: a repository of its own, by a third party. `workspace`: `sources/<id>` in the repository of Argus. */
export type Layout = "package" | "workspace";
