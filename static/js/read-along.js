// Notices which paragraphs are read, and says so with the event `paragraphread` (detail: the paragraph's index).
// It stands inside <steady-text>, which knows the paragraphs.
const DWELL = 300; // ms on screen before a paragraph may count as read: what End or a fling rushes past does not
const FLOOR = 0.75; // of the window's height: a paragraph that ended above it was read

customElements.define("read-along", class extends HTMLElement {
  connectedCallback() {
    const wait = (target, event) => target.addEventListener(event, () => this.connectedCallback(), { once: true });
    if (document.prerendering) wait(document, "prerenderingchange");
    else if (document.readyState !== "complete") wait(window, "load");
    else if (!this.paragraphs) this.begin();
  }

  begin() {
    this.paragraphs = this.closest("steady-text").paragraphs;
    const of = new Map(this.paragraphs.map((paragraph) => [paragraph.element, paragraph]));
    const watch = new IntersectionObserver((changes) => {
      for (const { target, time, isIntersecting } of changes) this.see(of.get(target), time, isIntersecting);
      this.checkSoon();
    });
    for (const element of of.keys()) watch.observe(element);
    addEventListener("scroll", () => this.checkSoon(), { passive: true });
    document.addEventListener("visibilitychange", () => {
      for (const paragraph of this.paragraphs) this.see(paragraph, performance.now(), paragraph.isSeen);
      this.checkSoon();
    });
  }

  /** From `time` on (ms) the paragraph is on screen, or not; in a hidden tab nothing is. */
  see(paragraph, time, isSeen) {
    paragraph.wasSeen ||= time - paragraph.since >= DWELL;
    Object.assign(paragraph, { isSeen, since: isSeen && !document.hidden ? time : Infinity });
  }

  checkSoon() {
    this.timer ||= setTimeout(() => this.check(), DWELL + 20);
  }

  check() {
    this.timer = clearTimeout(this.timer);
    if (!this.paragraphs?.length) return;
    const now = performance.now();
    const bottom = ({ element }) => element.getBoundingClientRect().bottom;
    const floor = bottom(this.paragraphs.at(-1)) < innerHeight + 1 ? Infinity : innerHeight * FLOOR;
    this.paragraphs.forEach((paragraph, index) => {
      paragraph.wasSeen ||= now - paragraph.since >= DWELL;
      if (!paragraph.wasSeen || paragraph.isRead || bottom(paragraph) > floor) return;
      paragraph.isRead = true;
      this.dispatchEvent(new CustomEvent("paragraphread", { bubbles: true, detail: index }));
    });
    if (this.paragraphs.some(({ wasSeen, since }) => !wasSeen && since < Infinity)) this.checkSoon();
  }
});
