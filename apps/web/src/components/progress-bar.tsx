/** How far, 0 to 1; null when that is not known, and the bar only shows that something goes on. */
export function ProgressBar({ share, label }: { share: number | null; label: string }) {
  const percent = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-unknown={share === null}
    >
      <div class="progress-fill" style={{ width: `${percent ?? 100}%` }} />
    </div>
  );
}
