import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";

/** What was done in passing, with the way back; it lies over the page, so that nothing moves. */
export function MessageBar() {
  const { messages } = useApp();
  const message = messages.current.value;
  return (
    <div class="message-place" role="status">
      {message !== null && (
        <div
          class="message"
          data-fault={message.problem !== null}
          onFocusIn={() => messages.hold()}
          onFocusOut={() => messages.release()}
          onPointerEnter={() => messages.hold()}
          onPointerLeave={() => messages.release()}
        >
          <p class="message-text">
            {message.text}
            {message.problem !== null && <span class="message-why"> {message.problem.message}</span>}
          </p>
          {message.action !== null && <ActionButton action={message.action} />}
          <button
            type="button"
            class="icon-button"
            aria-label="Close the message"
            title="Close the message"
            onClick={() => messages.close()}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}

function ActionButton({ action }: { action: { label: string; act: () => void } }) {
  const { messages } = useApp();
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        messages.close();
        action.act();
      }}
    >
      {action.label}
    </button>
  );
}
