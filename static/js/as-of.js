// Makes the choice “As of chapter” a ribbon on a line of the chapters read, drawn back by finger, mouse or keys.
// It goes no further than what was read: the page says how far that is, and the server cuts there in any case.
const PAUSE = 900; // ms after the last key before the page is asked for, so that three presses are three chapters
const FIGURE = 12; // px that one figure of a chapter's number needs under the line; no number gets less than two

customElements.define("as-of", class extends HTMLElement {
  connectedCallback() {
    if (this.range) return;
    const { top, now, label } = this.dataset;
    this.top = Number(top);
    this.range = Object.assign(document.createElement("input"), { type: "range", id: "as", name: "as", min: 1, max: top, value: now });
    this.range.ariaLabel = label;
    this.chapters = document.createElement("div");
    this.chapters.className = "as-of-chapters";
    this.chapters.ariaHidden = "true";
    const line = document.createElement("div");
    line.className = "as-of-line";
    line.append(this.chapters, this.range);
    line.style.setProperty("--chapters", top);
    this.replaceChildren(line);
    this.hint = this.closest("form").querySelector(".as-of-hint");
    this.range.addEventListener("input", () => this.say());
    this.range.addEventListener("keydown", ({ key }) => (this.isTyped = key !== "Enter") || this.go());
    this.range.addEventListener("pointerdown", () => (this.isTyped = false));
    this.range.addEventListener("change", () => this.goSoon());
    // Back in the browser's history, the range would keep where it was drawn.
    addEventListener("pageshow", () => {
      this.range.value = now;
      this.say();
    });
    new ResizeObserver(() => this.draw()).observe(line);
    this.say();
    if (sessionStorage.getItem("as-of") === location.pathname) this.range.focus({ preventScroll: true });
    sessionStorage.removeItem("as-of");
  }

  /** The chapters as pieces of a line, every one of them numbered where there is room, else every other, and so on. */
  draw() {
    const width = FIGURE * Math.max(2, String(this.top).length), room = this.chapters.clientWidth || 1;
    const step = Math.max(1, Math.ceil((this.top * width) / room));
    if (step === this.step) return;
    this.step = step;
    const pieces = [];
    for (let first = 1; first <= this.top; first += step) {
      const piece = Object.assign(document.createElement("span"), { textContent: first });
      piece.style.flexGrow = Math.min(step, this.top - first + 1);
      pieces.push(piece);
    }
    this.chapters.replaceChildren(...pieces);
    this.say();
  }

  /** What is behind the ribbon is ink, what lies ahead of it is paper; and the words say which chapter that is. */
  say() {
    const { value } = this.range, { now, chapter, moved } = this.dataset;
    this.range.ariaValueText = chapter.replace("{chapter}", value);
    this.words ??= this.hint.textContent;
    this.hint.textContent = value === now ? this.words : moved.replace("{chapter}", value);
    for (const piece of this.chapters.children) piece.classList.toggle("as-of-ahead", Number(piece.textContent) > Number(value));
  }

  goSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.go(), this.isTyped ? PAUSE : 0);
  }

  go() {
    clearTimeout(this.timer);
    const { value } = this.range;
    if (value === this.dataset.now) return;
    if (this.isTyped) sessionStorage.setItem("as-of", location.pathname);
    location.assign(Number(value) === this.top ? location.pathname : `?as=${value}`);
  }
});
