import { expect, it } from "vitest";

import { plainText } from "./plain-text.ts";

it.each([
  ["<p>I-5 &amp; Mill&nbsp;Lane<br/>looking  west</p>", "I-5 & Mill Lane looking west"],
  ["Caf&eacute; &#39;Zur&#x20;Post&#39;", "Café 'Zur Post'"],
  ["<b>Bold</b>ly", "Bold ly"],
  ["5 < 6 and 7 > 6", "5 < 6 and 7 > 6"],
  ["a<script>alert('</p>')</script>b<STYLE>p{}</STYLE><!-- <b>c</b> -->d", "a b d"],
  ["seen<script>never ends <p>unseen</p>", "seen"],
  ["plain", "plain"],
  ["<img src='1.jpg'>", null],
  ["  \n", null],
  ["", null],
  [null, null],
  [undefined, null],
])("makes of %j %j", (html, text) => {
  expect(plainText(html)).toBe(text);
});

it("does not take long over what is made to take long", () => {
  expect(plainText("<".repeat(1_000_000))).toHaveLength(100_000);
  expect(plainText(`seen${"<!--".repeat(25_000)}`)).toBe("seen");
  expect(plainText("<!-- a -->b".repeat(9000))).toHaveLength(17_999);
  expect(plainText("<script>".repeat(12_000))).toBeNull();
});
