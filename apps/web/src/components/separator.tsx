import { useRef } from "preact/hooks";

import { type Side, WIDTH_LIMITS, widthAfterKey } from "../models/layout.ts";
import { useApp } from "./app-context.ts";

/** Drags a panel's width; arrow keys do it too, Enter and a double click bring it back. */
export function Separator({ side, label }: { side: Side; label: string }) {
  const { layout } = useApp();
  const grip = useRef<{ x: number; width: number } | null>(null);
  const width = layout.widths.value[side];
  const direction = side === "list" ? 1 : -1;
  return (
    <div
      class="separator"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={WIDTH_LIMITS[side].min}
      aria-valuemax={WIDTH_LIMITS[side].max}
      aria-valuetext={`${width} pixels`}
      tabIndex={0}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (grip.current !== null)
          layout.resize(side, grip.current.width + (event.clientX - grip.current.x) * direction);
      }}
      onLostPointerCapture={() => (grip.current = null)}
      onDblClick={() => layout.reset(side)}
      onKeyDown={(event) => {
        const next = widthAfterKey(side, width, event.key, event.shiftKey);
        if (next === null) return;
        event.preventDefault();
        layout.resize(side, next);
      }}
    />
  );
}
