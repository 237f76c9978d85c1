import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { projectUnreadable } from "./errors.ts";

const Origin = z.object({
  /** A package of the registry, a tarball, or a folder. */
  from: z.enum(["package", "tarball", "folder"]),
  /** The version, range or dist-tag that was asked for, or the path. */
  asked: z.string(),
  /** Its source's id, as it told when it was installed. */
  id: z.string(),
});
/** Where an installed source is from. */
export type SourceOrigin = z.infer<typeof Origin>;

const Project = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  private: z.boolean(),
  dependencies: z.record(z.string(), z.string()).default({}),
  argus: z.object({ sources: z.record(z.string(), Origin) }),
});
/** The package.json of the folder that sources are installed in. */
export type Project = z.infer<typeof Project>;

const FILE = "package.json";

/** What it is in a new folder. */
function emptyProject(): Project {
  return {
    name: "argus-installed-sources",
    description: "Written by `argus sources`; change it with that command.",
    private: true,
    dependencies: {},
    argus: { sources: {} },
  };
}

/** A folder that is not there has no source. @throws ArgusError ARGUS_SOURCES_UNREADABLE for anything else. */
export async function readProject(folder: string): Promise<Project> {
  const file = join(folder, FILE);
  try {
    return Project.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return emptyProject();
    throw projectUnreadable(file, error);
  }
}

export async function writeProject(folder: string, project: Project): Promise<void> {
  await writeFile(join(folder, FILE), `${JSON.stringify(project, null, 2)}\n`);
}

/** The same with one source more, or in another version; it becomes the last, for of two with one id the first is used. */
export function withSource(project: Project, name: string, pin: string, origin: SourceOrigin): Project {
  const others = withoutSource(project, name);
  return {
    ...others,
    dependencies: { ...others.dependencies, [name]: pin },
    argus: { sources: { ...others.argus.sources, [name]: origin } },
  };
}

/** The same without one. */
export function withoutSource(project: Project, name: string): Project {
  const { [name]: _pin, ...dependencies } = project.dependencies;
  const { [name]: _origin, ...sources } = project.argus.sources;
  return { ...project, dependencies, argus: { sources } };
}
