// <page-names> around the list “On this page”: makes the names in the text one tab stop, lights in the list those on screen, lets
// those join that are met further down, and fetches the cards when a name is first asked for.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

customElements.define("page-names", class extends HTMLElement {
  connectedCallback() {
    this.names = [...document.querySelectorAll(".name")];
    this.lines = new Map(Array.from(this.querySelectorAll("li a"), (link) => [link.pathname, { line: link.parentElement, at: [] }]));
    this.paragraphs = [];
    const watch = new IntersectionObserver((changes) => this.light(changes));
    for (const name of this.names) {
      const paragraph = name.closest("[id]");
      if (paragraph !== this.paragraphs.at(-1)) watch.observe(this.paragraphs[this.paragraphs.length] = paragraph);
      this.lines.get(name.pathname)?.at.push(this.paragraphs.length - 1);
      name.tabIndex = -1;
    }
    this.mark(this.names[0]);
    for (const type of ["keydown", "pointerover", "focusin", "click"]) document.addEventListener(type, this, true);
  }

  light(changes) {
    for (const { target, isIntersecting } of changes) target.isSeen = isIntersecting;
    const seen = this.paragraphs.map(({ isSeen }) => isSeen), last = seen.lastIndexOf(true);
    for (const { line, at } of this.lines.values()) {
      line.classList.toggle("lit", at.some((index) => seen[index]));
      if (at[0] <= last) line.classList.remove("later");
    }
    const first = this.querySelector(".lit"), margin = this.parentElement; // a long list follows the text
    if (first && !this.matches(":hover")) margin.scrollTop = first.offsetTop - margin.clientHeight / 3;
    document.querySelector(".on-page-opener b").textContent = this.querySelectorAll("li:not(.later)").length;
  }

  handleEvent(event) {
    const link = event.target.closest?.(".name, .on-page li > a"), isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (event.type === "keydown") this.key(event, isHeld ? -1 : this.names.indexOf(link));
    else if (link && !isHeld && document.documentElement.dataset.names !== "plain") this.ask(event, link);
  }

  key(event, at) {
    const step = STEPS[event.key];
    if (event.key === "Tab" && at < 0) this.mark(this.names.find((one) => one.getBoundingClientRect().bottom > 0));
    if (!step || at < 0) return;
    this.take(event);
    this.mark(this.names[at + (this.closest("[dir=rtl]") && event.key.endsWith("t") ? -step : step)])?.focus();
  }

  take(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /** The name that Tab stops at. */
  mark(name) {
    if (!name) return undefined;
    if (this.marked) this.marked.tabIndex = -1;
    name.tabIndex = 0;
    return (this.marked = name);
  }

  /** Until the cards are here; then they listen by themselves. */
  async ask(event, link) {
    const how = { click: "press", pointerover: "hover" }[event.type], isPress = how === "press";
    if (this.hasCards || (event.pointerType === "touch" && !isPress)) return;
    if (isPress) this.take(event);
    try {
      const { open } = await (this.cards ??= import(this.dataset.cards));
      this.hasCards = true;
      if (isPress || (how && link.matches(":hover"))) open(link, how);
    } catch {
      if (isPress) location.assign(link.href);
    }
  }
});
