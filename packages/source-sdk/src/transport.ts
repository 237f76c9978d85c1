export { httpFrom } from "./http-from.ts";
export type { HttpTransport, TransportAnswer, TransportRequest } from "./http-transport.ts";
