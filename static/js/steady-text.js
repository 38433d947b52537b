// Knows the paragraphs and which of them is under the eye, and keeps that one there when the text is set anew:
// another window width, another size or face, fonts that come late.
const EYE = 0.3; // of the window's height: where a linked paragraph is put (scroll-margin), so where the eye is taken to be
const SLACK = 24; // px: less than this is no scrolling

customElements.define("steady-text", class extends HTMLElement {
  connectedCallback() {
    if (this.paragraphs) return;
    this.paragraphs = Array.from(this.querySelectorAll(".n"), (link) => ({ label: link.dataset.n, url: link.href, link, element: link.closest("[id]") }));
    if (!this.paragraphs.length) return;
    if (document.readyState === "complete") this.arrive();
    else addEventListener("load", () => setTimeout(() => this.arrive()), { once: true });
    addEventListener("scroll", () => this.place, { passive: true });
    addEventListener("resize", () => this.width !== innerWidth && this.restore());
    addEventListener("lookchange", () => this.restore());
    document.fonts.addEventListener("loadingdone", () => this.restore());
  }

  /** Who came by the address of a paragraph is there until they scroll, even where the page's end kept it from the eye's height. */
  arrive() {
    const [visit] = performance.getEntriesByType("navigation");
    const cited = this.paragraphs.find(({ element }) => visit?.type === "navigate" && location.hash === `#${element.id}`);
    const box = cited?.element.getBoundingClientRect();
    if (box && box.bottom > 0 && box.top < innerHeight) this.hold(cited);
  }

  /** The paragraph under the eye. */
  get place() {
    if (!this.paragraphs?.length) return undefined;
    if (this.held && this.width !== innerWidth) this.restore();
    else if (!this.held || Math.abs(this.shift()) > SLACK) {
      const line = innerHeight * EYE + 4;
      this.hold(this.paragraphs.find(({ element }) => element.getBoundingClientRect().bottom > line) ?? this.paragraphs.at(-1));
    }
    return this.held;
  }

  hold(paragraph) {
    this.width = innerWidth;
    this.held = paragraph;
    this.part = 0;
    this.part = this.shift() / (paragraph.element.offsetHeight || 1);
  }

  /** How many px the held paragraph has moved down or up (less than 0) from where it was held, as a part of its height. */
  shift() {
    const { top, height } = this.held.element.getBoundingClientRect();
    return innerHeight * EYE - top - this.part * height;
  }

  restore() {
    this.width = innerWidth;
    if (this.held && scrollY > 0) scrollBy({ top: -this.shift(), behavior: "instant" });
  }
});
