import { describe, expect, it } from "vitest";

import { addressesIn, kindOf } from "./address.ts";

describe("addressesIn", () => {
  it.each([
    [
      "https://a.example/1;https://a.example/2; www.b.example",
      ["https://a.example/1", "https://a.example/2", "http://www.b.example/"],
    ],
    ["https://a.example/Platz;art168,1967365", ["https://a.example/Platz;art168,1967365"]],
    ["a.example/cam?id=1", ["http://a.example/cam?id=1"]],
    ["https://a.example/cam?w=640&#038;h=480", ["https://a.example/cam?w=640&h=480"]],
    ["https://a.example/cam.jpg?t=1767225600000", ["https://a.example/cam.jpg"]],
    ["rtsp://a.example/live", []],
    ["hhttp://a.example/1.jpg", []],
    ["?", []],
    ["CPE510", []],
    ["rue de Babylone 1", []],
  ])("finds in %j %j", (value, expected) => {
    expect(addressesIn(value)).toEqual(expected);
  });
});

describe("kindOf", () => {
  it.each([
    ["https://a.example/cam.JPG", "jpeg"],
    ["https://a.example/cam.png?size=big", "jpeg"],
    ["https://a.example/axis-cgi/jpg/image.cgi?resolution=1", "jpeg"],
    ["https://a.example/cameras/images?filename=I26_MM67.jpg", "jpeg"],
    ["https://a.example/hls/playlist.m3u8?x=1", "hls"],
    ["https://a.example/streams/last.mp4", "mp4"],
    ["https://a.example:81/mjpg/video.mjpg", "mjpeg"],
    ["https://a.example/axis-cgi/mjpg/video.cgi", "mjpeg"],
    ["https://a.example/view/view.shtml?imagepath=/mjpg/video.mjpg", "page"],
    ["https://a.example/player.swf?file=a.stream&logo=b.png", "page"],
    ["https://a.example/webcam.php?file=a.jpg", "page"],
    ["https://a.example/wiki/File:Webcam.jpg", "page"],
    ["https://a.example/webcams/", "page"],
    ["https://a.example/watch?v=abc", "page"],
  ])("takes %s for %s", (address, expected) => {
    expect(kindOf(address)).toBe(expected);
  });
});
