import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/top-bar.css";
import "./styles/list.css";
import "./styles/map.css";
import "./styles/detail.css";
import "./styles/dialogs.css";
import "./styles/mine.css";

import { render } from "preact";

import { createApi } from "./api.ts";
import { AppView } from "./components/app-view.tsx";
import { AppContext } from "./components/app-context.ts";
import { createApp, followAddress } from "./models/app.ts";
import { watchWindow } from "./page.ts";

const surroundings = watchWindow(() => followAddress(app));
const app = createApp(createApi(), surroundings);
const root = document.getElementById("argus");
if (root !== null) {
  render(
    <AppContext.Provider value={app}>
      <AppView />
    </AppContext.Provider>,
    root,
  );
}
