// Knows the paragraphs and which of them is under the eye, and keeps that one there when the text is set anew: another
// window width, another size or face, fonts that come late.
const EYE = 0.3; // of the window's height: where a linked paragraph is put (scroll-margin), so where the eye is taken to be
const SLACK = 24; // px: less than this is no scrolling

customElements.define("steady-text", class extends HTMLElement {
  connectedCallback() {
    if (this.paragraphs) return;
    const paragraphOf = (link) => ({ label: link.dataset.n, url: link.href, link, element: link.closest("[id]") });
    this.paragraphs = Array.from(this.querySelectorAll(".n"), paragraphOf);
    if (!this.paragraphs.length) return;
    document.documentElement.style.overflowAnchor = "none"; // two that hold the text pull it apart
    this.article = this.querySelector("article");
    new ResizeObserver(() => this.restore()).observe(this.article);
    addEventListener("scroll", () => this.place, { passive: true });
    if (document.readyState === "complete") this.arrive();
    else addEventListener("load", () => setTimeout(() => this.arrive()), { once: true });
  }

  /** Who came by a paragraph's address is there until they scroll, even where the page's end keeps it from the eye's height. */
  arrive() {
    const [visit] = performance.getEntriesByType("navigation");
    const cited = this.paragraphs.find(({ element }) => visit?.type === "navigate" && location.hash === `#${element.id}`);
    const box = cited?.element.getBoundingClientRect();
    if (box && box.bottom > 0 && box.top < innerHeight) this.hold(cited);
  }

  /** The paragraph under the eye; undefined where there is no text. */
  get place() {
    if (!this.article) return undefined;
    if (this.size !== this.measure()) this.restore();
    if (!this.held || Math.abs(this.shift() - this.rest) > SLACK) {
      const line = innerHeight * EYE + 4;
      this.hold(this.paragraphs.find(({ element }) => element.getBoundingClientRect().bottom > line) ?? this.paragraphs.at(-1));
    }
    return this.held;
  }

  measure() {
    return `${this.article.offsetWidth} ${this.article.offsetHeight}`;
  }

  hold(paragraph) {
    this.held = paragraph;
    this.share = this.rest = 0;
    this.share = this.shift() / (paragraph.element.getBoundingClientRect().height || 1);
  }

  /** How far the held paragraph is from where it was held against the eye, in px; more than 0: too far up. */
  shift() {
    const { top, height } = this.held.element.getBoundingClientRect();
    return innerHeight * EYE - top - this.share * height;
  }

  restore() {
    this.size = this.measure();
    if (!this.held) return;
    if (scrollY > 0) scrollBy({ top: -this.shift(), behavior: "instant" });
    this.rest = this.shift(); // what the page's end did not allow
  }
});
