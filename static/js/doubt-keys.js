// <doubt-keys> around the list of doubtful names: arrows or j and k go from one to the next, 1 to 9 choose, 0 is none of
// them, u takes the last decision back. Each key presses a button or follows a link that stands on the page.
const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const CURRENT = "doubt-keys-here";

customElements.define("doubt-keys", class extends HTMLElement {
  connectedCallback() {
    this.doubts = [...this.querySelectorAll(".doubt")];
    const hint = this.querySelector(".doubt-hint");
    if (hint) hint.hidden = false;
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.arrive());
    this.addEventListener("focusin", ({ target }) => this.mark(target.closest(".doubt")));
    this.arrive();
  }

  /** After a decision the next doubt stands where the decided one stood, or the last one does. */
  arrive() {
    const [, number] = /^#doubt-([0-9]+)$/.exec(location.hash) ?? [];
    if (number) this.go(Math.min(number, this.doubts.length) - 1);
  }

  go(index) {
    const doubt = this.doubts[index];
    if (!doubt) return;
    doubt.focus({ preventScroll: true });
    doubt.scrollIntoView({ block: "center", behavior: "instant" });
    this.mark(doubt);
  }

  mark(doubt) {
    if (!doubt) return;
    this.current?.classList.remove(CURRENT);
    this.current = doubt;
    doubt.classList.add(CURRENT);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input, textarea, select")) return;
    const step = STEPS[event.key], at = this.doubts.indexOf(this.current);
    if (step && this.doubts.length) this.step(at + step);
    else if (event.key === "u") this.querySelector("[data-undo]")?.click();
    else if (event.key === "0") this.current?.querySelector("[data-none]")?.click();
    else if (/^[1-9]$/.test(event.key)) this.current?.querySelectorAll("[name=link]")[event.key - 1]?.click();
    else return;
    event.preventDefault();
  }

  /** Beyond the last doubt of the page lies the next page. */
  step(index) {
    if (index < this.doubts.length) this.go(Math.max(0, index));
    else this.querySelector("#doubt-after")?.focus();
  }
});
