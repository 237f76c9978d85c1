export type { StoreFactory } from "./contract/check.ts";
export { storeContract } from "./contract/store-contract.ts";
export { sample, sampleScrape, TestClock } from "./sample.ts";
