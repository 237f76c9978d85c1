import { ArgusError } from "@argus/core";
import { expect, it } from "vitest";

import { isConnectionLost, isRetried, openError, readError, writeError } from "./postgres-errors.ts";

const NAME = "postgres://db.example.org:5432/argus";
const withCode = (code: string) => Object.assign(new Error("the server's own words"), { code });

it.each([
  ["53100", "free some space", true],
  ["53300", "max_connections", true],
  ["57P01", "ended the connection", true],
  ["57P03", "starting up", true],
  ["57014", "took too long", true],
  ["40001", "gave way", true],
  ["25006", "name the primary", false],
  ["42501", "grant it the right", false],
  ["28P01", "user and password", false],
  ["3D000", "create it", false],
  ["ECONNREFUSED", "cannot be reached", true],
  ["ENOTFOUND", "cannot be reached", true],
  ["08006", "cannot be reached", true],
  ["SELF_SIGNED_CERT_IN_CHAIN", "certificate", false],
])("%s is told with its mend, by reads, writes and at the opening", (code, mend, retryable) => {
  const cause = withCode(code);
  const message = expect.stringMatching(new RegExp(`^${NAME}.*${mend}`, "u")) as string;
  expect(readError(NAME, cause, "looking")).toMatchObject({
    code: "ARGUS_STORE_READ_FAILED",
    message,
    retryable,
    cause,
  });
  expect(writeError(NAME, cause, "storing")).toMatchObject({
    code: "ARGUS_STORE_WRITE_FAILED",
    message,
    retryable,
    cause,
  });
  expect(openError(NAME, cause)).toMatchObject({ code: "ARGUS_STORE_OPEN_FAILED", message, cause });
});

it("says of damage and of locks what they are", () => {
  expect(readError(NAME, withCode("XX001"), "looking").code).toBe("ARGUS_STORE_CORRUPT");
  expect(writeError(NAME, withCode("55P03"), "storing")).toMatchObject({ code: "ARGUS_STORE_LOCKED", retryable: true });
});

it("lets what is told already pass", () => {
  const told = new ArgusError("ARGUS_STORE_CLOSED", "closed");
  expect([readError(NAME, told, ""), writeError(NAME, told, ""), openError(NAME, told)]).toEqual([told, told, told]);
});

it("knows which errors leave a connection useless, and which may be tried again at once", () => {
  const refused = new AggregateError([withCode("ECONNREFUSED")], "");
  const lost = ["57P01", "ECONNRESET", "08P01"].map(withCode);
  const ended = new Error("Connection terminated unexpectedly");
  expect([refused, ...lost, ended].map(isConnectionLost)).toEqual([true, true, true, true, true]);
  expect([withCode("23505"), new Error("x"), "x"].map(isConnectionLost)).toEqual([false, false, false]);
  expect(["40001", "40P01", "55P03", "57P01"].map((code) => isRetried(withCode(code)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
