import { useEffect } from "preact/hooks";

import { useApp } from "../components/app-context.ts";
import { type App, reloadCameras } from "../models/app.ts";
import { SourceChoice } from "../models/source-choice.ts";
import { SourceDesk } from "./source-desk.ts";
import { SourceStops } from "./source-stops.ts";

/** What the dialogs of the sources know, whichever of them is open. */
export type SourceModels = {
  choice: SourceChoice;
  sourceDesk: SourceDesk;
  stops: SourceStops;
  dispose(): void;
};

const made = new WeakMap<App, SourceModels>();

/** The app's, made when they are first wanted. */
function sourceModelsOf(app: App): SourceModels {
  const known = made.get(app);
  if (known !== undefined) return known;
  const models = createSourceModels(app);
  made.set(app, models);
  app.later.push(models);
  return models;
}

export function useSourceModels(): SourceModels {
  return sourceModelsOf(useApp());
}

/** Leaves the list of the sources as it is to be found again, when its dialog is closed. */
export function useTidyUp(): void {
  const { choice, sourceDesk } = useSourceModels();
  useEffect(
    () => () => {
      sourceDesk.close();
      sourceDesk.takeClosed();
      choice.filter.value = "";
    },
    [],
  );
}

/** Goes back from the source that is open to their list; false when none is. */
export function leaveSource(app: App): boolean {
  const { sourceDesk } = sourceModelsOf(app);
  if (sourceDesk.id.peek() === null) return false;
  sourceDesk.close();
  return true;
}

function createSourceModels(app: App): SourceModels {
  const { api, registry, scrape, messages } = app;
  const choice = new SourceChoice(registry.sources);
  const sourceDesk = new SourceDesk({ api, registry, scrape, messages, reload: () => reloadCameras(app) });
  const stops = new SourceStops(api, scrape.current);
  return {
    choice,
    sourceDesk,
    stops,
    dispose: () => {
      for (const model of [choice, sourceDesk, stops]) model.dispose();
    },
  };
}
