import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { credentialIn, redactUrl } from "./redact.ts";

describe("credentialIn", () => {
  it.each([
    "key",
    "api_key",
    "apiKey",
    "app_key",
    "AccessCode",
    "access_token",
    "auth",
    "X-Amz-Signature",
    "sig",
    "pwd",
    "password",
    "sessionId",
    "apikey",
    "AccessKeyId",
    "X-Amz-Credential",
    "subscription-key",
    "hdnts",
    "user",
    "loginpas",
    "pw",
    "jwt",
    "authToken",
  ])("takes the query parameter %s for a credential", (name) => {
    expect(credentialIn(new URL(`https://cameras.example/?a=1&${name}=hunter2`))).toBe(`query parameter "${name}"`);
  });

  it("takes a user name for one", () => {
    expect(credentialIn(new URL("rtsp://me@cameras.example/"))).toBe("user name or password");
  });

  it("takes an address with a user name in a query for one, whatever the parameter is called", () => {
    const url = new URL("https://proxy.example/?u=http://admin:hunter2@192.0.2.1/");
    expect(credentialIn(url)).toBe('query parameter "u"');
    expect(redactUrl(url)).toBe("https://proxy.example/?u=***");
    expect(credentialIn(new URL("https://proxy.example/?u=http://cameras.example/@a&m=me@home"))).toBeNull();
  });

  it.each(["page", "camera", "keyword", "author", "design", "t", "compass_heading", "compass", "monkey", "sid"])(
    "leaves the query parameter %s alone",
    (name) => {
      expect(credentialIn(new URL(`https://cameras.example/?${name}=1`))).toBeNull();
    },
  );
});

describe("redactUrl", () => {
  it("hides credentials and nothing else", () => {
    expect(redactUrl("https://me:pw@cameras.example/a?page=2&app_key=x&app_key=y#z")).toBe(
      "https://***:***@cameras.example/a?page=2&app_key=***#z",
    );
    expect(redactUrl("https://cameras.example/a?b=%20c")).toBe("https://cameras.example/a?b=%20c");
  });

  it("shows nothing of what is no URL, for it may hold anything", () => {
    expect(redactUrl("hunter2")).toBe("***");
  });

  it("never shows a secret, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const secret = `hunter2${text}`;
        const url = new URL("https://cameras.example/list?page=1");
        url.searchParams.set("token", secret);
        url.password = secret;
        expect(redactUrl(url)).not.toContain("hunter2");
      }),
    );
  });
});
