import type { ComponentChildren } from "preact";

import type { Problem } from "../models/problem.ts";
import { Icon } from "./icons.tsx";

/** What went wrong, why, and what to do; `children` are the buttons that do it. */
export function Notice({ problem, children }: { problem: Problem; children?: ComponentChildren }) {
  return (
    <div class="notice" role="alert">
      <Icon name="warning" />
      <div class="notice-text">
        <p>{problem.message}</p>
        {problem.advice !== null && <p class="notice-advice">{problem.advice}</p>}
        {problem.code !== null && <code>{problem.code}</code>}
        {children !== undefined && <div class="notice-actions">{children}</div>}
      </div>
    </div>
  );
}
