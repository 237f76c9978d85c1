import { describe, expect, it } from "vitest";

import { refusalOf } from "./refusal.ts";

function refusal(change: object, options: object = {}): string | null {
  return refusalOf(
    { id: "1", stream_url: "https://cameras.example/1.jpg", ...change },
    { sourceId: "example", ...options },
  );
}

describe("refusalOf", () => {
  it.each([
    "https://cameras.example/1.jpg",
    "http://cameras.example:8080/list?camera=7&page=2&keyword=a",
    "https://kamera.atlas.vegvesen.no/api/images/3000063_1",
    "https://local.cameras.example/",
    "https://drawn.argus.invalid/1.jpg",
    "https://nip.io.cameras.example/1.jpg",
    "https://10.0.0.1.cameras.example/1.jpg",
    "https://cameras.example/mount?compass=12&sid=4",
    "https://пример.example/1.jpg",
  ])("has nothing against %s", (url) => {
    expect(refusal({ stream_url: url })).toBeNull();
  });

  it.each([
    ["ftp://cameras.example/1.jpg", "stream_url is ftp: and neither http nor https"],
    ["rtsp://cameras.example/1", "neither http nor https"],
    ["javascript:alert(1)", "neither http nor https"],
    ["not an address", "is no absolute URL"],
    ["https://me:pw@cameras.example/1.jpg", "carries a user name or password"],
    ["https://me@cameras.example/1.jpg", "carries a user name or password"],
    ["https://cameras.example/1.jpg?app_key=hunter2", 'query parameter "app_key"'],
    ["https://cameras.example/1.jpg?user=admin&pwd=hunter2", 'query parameter "user"'],
    ["http://8.8.8.8/1.jpg", "is a bare IP address"],
    ["http://[2001:4860:4860::8888]/1.jpg", "is a bare IP address"],
    ["http://192.168.1.10/1.jpg", "is a bare IP address"],
    ["http://127.0.0.1:8080/", "is a bare IP address"],
    ["http://2130706433/1.jpg", "is a bare IP address"],
    ["http://0x7f.1/1.jpg", "is a bare IP address"],
    ["http://0177.0.0.1/1.jpg", "is a bare IP address"],
    ["http://[::1]/1.jpg", "is a bare IP address"],
    ["http://[::ffff:10.0.0.1]/1.jpg", "is a bare IP address"],
    ["http://[fe80::1]/1.jpg", "is a bare IP address"],
    ["http://10.0.0.1.nip.io/1.jpg", "stands for an IP address"],
    ["http://app-10-0-0-1.sslip.io/1.jpg", "stands for an IP address"],
    ["http://lvh.me/1.jpg", "stands for an IP address"],
    ["http://localhost/1.jpg", "is a name of a local network"],
    ["http://LOCALHOST./1.jpg", "is a name of a local network"],
    ["http://camera.localhost/1.jpg", "is a name of a local network"],
    ["http://camera.local/1.jpg", "is a name of a local network"],
    ["http://metadata.google.internal/1.jpg", "is a name of a local network"],
    ["http://nas.lan/1.jpg", "is a name of a local network"],
    ["http://cam.home.arpa/1.jpg", "is a name of a local network"],
    ["http://camera7/1.jpg", "is no public name"],
  ])("refuses %s", (url, reason) => {
    expect(refusal({ stream_url: url })).toContain(reason);
    expect(refusal({ snapshot_url: url })).toContain("snapshot_url");
    expect(refusal({ page_url: url })).toContain("page_url");
  });

  it("names no secret", () => {
    expect(refusal({ stream_url: "https://me:hunter2@cameras.example/?token=hunter2" })).not.toContain("hunter2");
  });

  it("lets in what the user opened, but no credential with it", () => {
    const isOpened = ({ hostname }: URL): boolean => hostname === "127.0.0.1";
    expect(refusal({ stream_url: "http://127.0.0.1:9/1.jpg" }, { isOpened })).toBeNull();
    expect(refusal({ stream_url: "http://127.0.0.2:9/1.jpg" }, { isOpened })).not.toBeNull();
    expect(refusal({ stream_url: "http://127.0.0.1:9/1.jpg?key=a" }, { isOpened })).toContain("credential");
  });

  it("lets in what signs an address of the moment, and no password with it", () => {
    const options = { isForNow: true };
    for (const signed of ["token=ey.J0", "X-Amz-Credential=a&X-Amz-Signature=b", "expires=1&sig=c", "hdnts=exp~acl"])
      expect(refusal({ stream_url: `https://cameras.example/1.jpg?${signed}` }, options)).toBeNull();
    for (const credential of ["password=a", "user=a&pwd=b", "api_key=a", "token=http://me:pw@cameras.example/"])
      expect(refusal({ stream_url: `https://cameras.example/1.jpg?${credential}` }, options)).toContain("credential");
    expect(refusal({ stream_url: "https://me@cameras.example/1.jpg?token=a" }, options)).toContain("user name");
    expect(refusal({ stream_url: "http://10.0.0.1/1.jpg?token=a" }, options)).toContain("IP address");
  });

  it("refuses an id with the source's prefix, and one that was listed", () => {
    expect(refusal({ id: "example:1" })).toContain('prefix "example:"');
    expect(refusal({ id: "site:1" })).toBeNull();
    expect(refusal({ id: "7" }, { isListed: (id: string) => id === "7" })).toBe("duplicate id");
    expect(refusal({ id: "8" }, { isListed: (id: string) => id === "7" })).toBeNull();
  });

  it("lets in a camera without any address", () => {
    expect(refusal({ stream_url: null, snapshot_url: undefined })).toBeNull();
  });
});
