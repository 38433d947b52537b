// Opens the form of the page it links to as a sheet, and lets each choice be seen and kept at once.
const USUAL = { theme: "system", face: "literata", size: "auto", leading: "book", width: "book", turn: "pages", names: "lines", keys: "on" };
const YEARS = 63_072_000; // s

/** The settings in the cookie that differ from the usual. */
const kept = () => {
  const [, value = ""] = /(?:^|; )look=([^;]*)/.exec(document.cookie) ?? [];
  return Object.fromEntries(Array.from(value.matchAll(/([a-z]+):([a-z0-9]+)/g), ([, name, choice]) => [name, choice]));
};

customElements.define("look-sheet", class extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.dialog = this.querySelector("dialog");
    this.link.setAttribute("aria-haspopup", "dialog");
    // Whatever else leads to the form opens the sheet too, at the row that it names.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a");
      if (link?.pathname === this.link.pathname) this.open(event, link.hash);
    });
    this.dialog.addEventListener("click", (event) => this.dismiss(event));
    // Another tab may have changed the cookie, and a page that comes back from the browser's memory is as it was left.
    addEventListener("pageshow", () => this.show());
    addEventListener("focus", () => this.show());
  }

  async open(event, row) {
    const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (isHeld || (!this.form && document.getElementById("look-form"))) return; // on the form's own page there is no second one
    event.preventDefault();
    try {
      this.form ??= await this.fetchForm();
      this.fill();
      if (!this.dialog.open) this.dialog.showModal();
      if (row) this.form.querySelector(row).scrollIntoView();
    } catch {
      location.assign(this.link.href);
    }
  }

  async fetchForm() {
    const answer = await fetch(this.link.href);
    const form = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("look-form");
    form.querySelector(".actions")?.remove();
    form.addEventListener("input", ({ target }) => this.choose(target));
    this.dialog.append(form);
    return form;
  }

  /** The form says what the cookie says. */
  fill() {
    const look = { ...USUAL, ...kept() };
    for (const field of this.form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = look[field.name] === field.value;
      else if (field.type === "range") field.value = look.size === "auto" ? 20 : look.size;
    }
    this.form.querySelector("output").value = this.form.querySelector("[type=range]").value;
  }

  choose(field) {
    if (field.type === "range") this.form.querySelector("[type=checkbox]").checked = false;
    const data = new FormData(this.form), chosen = Object.fromEntries(data);
    if (data.getAll("size").includes("auto")) chosen.size = "auto";
    const pairs = Object.keys(USUAL).filter((name) => chosen[name] !== USUAL[name]).map((name) => `${name}:${chosen[name]}`);
    const rest = `; Path=/; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
    document.cookie = `look=${pairs.join(".")}; Max-Age=${pairs.length ? YEARS : 0}${rest}`;
    this.show();
    this.fill();
    const place = document.querySelector("steady-text")?.place;
    if (field.name === "turn" && place) location.assign(place.url);
  }

  /** The page looks as the cookie says. */
  show() {
    const look = kept(), { dataset } = document.documentElement;
    for (const name in USUAL) look[name] ? (dataset[name] = look[name]) : delete dataset[name];
  }

  dismiss({ target, clientX: x, clientY: y }) {
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    if (target === this.dialog && (x < left || x > right || y < top || y > bottom)) this.dialog.close();
  }
});
