// While the agenda is presented, keys press the links of its screen: arrows, and what a presenter's clicker sends.
const STEPS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Escape: "leave" };
const TYPING = 'textarea, select, input:not([type="checkbox"]), [contenteditable], [role="spinbutton"]';
const OPEN = '[role="dialog"], [role="listbox"]';

const isMeantOtherwise = (event) =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.shiftKey ||
  event.altKey ||
  event.target.closest?.(TYPING) ||
  document.querySelector(OPEN);

window.addEventListener("keydown", (event) => {
  const link = Object.hasOwn(STEPS, event.key) && document.querySelector(`[data-step="${STEPS[event.key]}"] a`);
  if (link && !isMeantOtherwise(event)) {
    event.preventDefault();
    link.click();
  }
});

// The link that was pressed is gone with its screen: the new one begins at its title, for eyes and ears alike.
let shown = null;
const look = () => {
  const title = document.querySelector("[data-screen]");
  const screen = title?.dataset.screen ?? null;
  if (screen === shown) {
    return;
  }
  shown = screen;
  if (title) {
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }
};

// The page may stand there before this script does.
look();
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
