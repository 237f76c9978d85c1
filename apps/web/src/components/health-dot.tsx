import type { Camera } from "@argus/core";

export function HealthDot({ camera }: { camera: Pick<Camera, "health_status" | "health_reason"> }) {
  const { health_status: status, health_reason: reason } = camera;
  const words = status === "unknown" ? "Health not checked" : reason === null ? status : `${status}: ${reason}`;
  return <span class="health" data-health={status} role="img" aria-label={words} title={words} />;
}
