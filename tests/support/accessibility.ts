import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds against WCAG 2.2 A and AA and its best practices in the page as it stands: `rule: element`. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Through the debugger, for the page's security policy takes no scripts but its own.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}
