export { type AddressRule, createAddressRule } from "./address.ts";
export type { CameraResolver, PresentAddresses } from "./camera-addresses.ts";
export { defaultLimits, type StreamLimits } from "./limits.ts";
export type { OriginHandler } from "./origin-hop.ts";
export { Streams, type CameraSnapshot, type CameraStream, type StreamsOptions } from "./streams.ts";
export type { Random } from "./backoff.ts";
export type { Resolve, ResolvedAddress } from "./guarded-agent.ts";
export type { Timer } from "./timer.ts";
