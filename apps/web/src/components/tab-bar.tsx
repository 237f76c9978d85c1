import { TABS } from "../models/layout.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";

export function TabBar({ inert }: { inert: boolean }) {
  const { layout } = useApp();
  return (
    <nav class="tab-bar" aria-label="Panels" inert={inert}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={layout.tab.value === tab ? "page" : undefined}
          onClick={() => (layout.tab.value = tab)}
        >
          <Icon name={tab} />
          {tab}
        </button>
      ))}
    </nav>
  );
}
