import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseXml } from "./xml.ts";

const parse = (text: string, arrays?: string[]): unknown => parseXml(text, "the list", arrays);

describe("parseXml", () => {
  it("makes objects of elements, text of leaves, and keeps attributes", () => {
    const text = `<?xml version="1.0"?>
      <!-- a comment --><list count="2">
        <camera id="01"><name> SH1 Tinwald </name><lat>-43.90</lat><empty/></camera>
        <camera id="02"><name lang="mi">Two</name></camera>
      </list>`;
    expect(parse(text)).toEqual({
      list: {
        "@count": "2",
        camera: [
          { "@id": "01", name: "SH1 Tinwald", lat: "-43.90", empty: "" },
          { "@id": "02", name: { "@lang": "mi", "#text": "Two" } },
        ],
      },
    });
  });

  it("reads a root that is empty, one with blanks in its end tag, and what follows it", () => {
    expect(parse("<list/>")).toEqual({ list: "" });
    expect(parse("<!DOCTYPE list>\n<list count='0' />\n")).toEqual({ list: { "@count": "0" } });
    expect(parse("<list><n>1</n></list >\n<!-- made by hand -->\n")).toEqual({ list: { n: "1" } });
  });

  it("makes lists of what is named, by name or by path", () => {
    expect(parse("<list><camera>1</camera></list>", ["camera"])).toEqual({ list: { camera: ["1"] } });
    expect(parse("<list><camera>1</camera></list>", ["list.camera"])).toEqual({ list: { camera: ["1"] } });
    expect(parse("<list><camera>1</camera></list>", ["other.camera"])).toEqual({ list: { camera: "1" } });
  });

  it("drops the prefixes of namespaces", () => {
    expect(parse('<d:list xmlns:d="urn:d"><d:camera d:id="1"/></d:list>')).toMatchObject({
      list: { camera: { "@id": "1" } },
    });
  });

  it("decodes the entities of XML, and takes CDATA as it is", () => {
    expect(parse('<a b="x &amp; &quot;y&quot;">&lt;&#65;&#x42;&gt;</a>')).toEqual({
      a: { "@b": 'x & "y"', "#text": "<AB>" },
    });
    expect(parse("<a><![CDATA[<img src='1.jpg?a=1&amp;b=2'>]]></a>")).toEqual({ a: "<img src='1.jpg?a=1&amp;b=2'>" });
  });

  it("expands nothing that a document defines itself", () => {
    const bomb = `<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;">]><a>&m;&l;</a>`;
    expect(parse(bomb)).toEqual({ a: "&m;&l;" });
    const file = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`;
    expect(() => parse(file)).toThrow("External entities are not supported");
  });

  it.each([
    ["JSON", '{"rows": []}', "no XML, it begins with"],
    ["nothing", "", "no XML"],
    ["what was cut short between elements", "<list><camera>1</camera>", "cut short"],
    ["what was cut short after an empty element", "<list><camera/>", "cut short"],
    ["what was cut short inside one", "<list><camera>1</cam", "cut short"],
    ["a thousand levels", `${"<a>".repeat(1000)}${"</a>".repeat(1000)}`, "no XML that can be read"],
  ])("refuses %s", (_, text, problem) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: "ARGUS_SOURCE_FORMAT_CHANGED", message: expect.stringContaining(problem) }),
    );
  });

  it("does not take long over what is made to take long", () => {
    for (const text of [
      "<!---->".repeat(50_000),
      " ".repeat(1_000_000),
      `<a/>${" ".repeat(1_000_000)}x`,
      "<?a?>".repeat(50_000),
    ])
      expect(() => parse(text)).toThrow("the list");
  });

  it("cannot be made to change what all objects have", () => {
    try {
      parse('<__proto__ polluted="yes"><constructor><prototype polluted="yes"/></constructor></__proto__>');
    } catch {
      // To refuse it is as good.
    }
    expect(({} as { polluted?: string; "@polluted"?: string })["@polluted"]).toBeUndefined();
  });

  it("gives a value or says what is wrong, whatever it is handed", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `<a>${text}</a>`),
        ),
        (text) => {
          try {
            parse(text);
          } catch (error) {
            expect(error).toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
          }
        },
      ),
    );
  });
});
