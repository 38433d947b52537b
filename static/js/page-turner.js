// Turns the page by arrow keys and by a swipe, and lets <reading-place> report before any link is followed.
const SWIPE = 60; // px that a finger goes sideways
const EDGE = 24; // px at the screen's sides that are the browser's own, for its way back
const PATIENCE = 500; // ms that a page left at once waits for its first report, so that the next page knows of it

customElements.define("page-turner", class extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => this.leave(event));
    this.addEventListener("touchstart", (event) => this.touch(event), { passive: true });
    this.addEventListener("touchend", (event) => this.lift(event), { passive: true });
    this.addEventListener("touchcancel", () => (this.finger = null));
  }

  get isBusy() {
    return document.querySelector(":is(dialog[open], :popover-open)") || !getSelection().isCollapsed;
  }

  /** To the page that lies to the right (1) or to the left (-1): the next one, where text runs to the right. */
  turn(side) {
    const isNext = (side > 0) === (this.dir !== "rtl");
    document.querySelector(`a[rel=${isNext ? "next" : "prev"}]`)?.click();
  }

  key(event) {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isTaken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (side && !isTaken && !isTyping && !this.isBusy) this.turn(side);
  }

  touch({ touches, target }) {
    const [{ clientX: x, clientY: y }] = touches;
    const isEdge = x < EDGE || x > innerWidth - EDGE;
    this.finger = touches.length > 1 || isEdge || visualViewport.scale > 1.01 || this.scrolls(target) ? null : { x, y };
  }

  lift({ changedTouches: [{ clientX, clientY }] }) {
    if (!this.finger || this.isBusy) return;
    const x = clientX - this.finger.x, y = clientY - this.finger.y;
    this.finger = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) this.turn(-Math.sign(x));
  }

  /** Whether something under the finger scrolls sideways by itself. */
  scrolls(element) {
    for (let one = element; one && one !== this; one = one.parentElement) {
      if (one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
    }
    return false;
  }

  leave(event) {
    const link = event.target.closest("a[href]"), reading = this.querySelector("reading-place");
    const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented;
    if (!link || isHeld || link.target || link.origin !== location.origin || link.pathname === location.pathname) return;
    const isFirst = !reading.known;
    const sent = reading.leave({ isDone: link.href === document.querySelector("link[rel=next]")?.href });
    if (!isFirst || !sent) return;
    event.preventDefault();
    Promise.race([sent, new Promise((done) => setTimeout(done, PATIENCE))]).then(() => location.assign(link.href));
  }
});
