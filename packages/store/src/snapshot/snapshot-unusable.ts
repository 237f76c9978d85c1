/** Why a snapshot is passed over. Nobody outside sees it: all cameras are read instead. */
export class SnapshotUnusable extends Error {
  override readonly name = "SnapshotUnusable";
}
