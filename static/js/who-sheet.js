// “Who was that?” as a sheet: who and what is met so far, with a filter as one types. open-link.js loads it.
const PAUSE = 250; // ms after the last letter, where only the site knows all the names
const { css } = document.querySelector(".who-link").dataset;

/** A name as it is looked for: without accents and capitals. */
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘ʼ]/g, "'").toUpperCase().toLowerCase().trim();

async function fetched(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) throw new Error(address);
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("who-sheet");
}

customElements.define("who-sheet", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.none = this.querySelector(".who-none");
    this.rows = Array.from(this.querySelectorAll("[data-names]"), (row) => ({ row, names: folded(row.dataset.names) }));
    this.dialog.addEventListener("click", (event) => this.dismiss(event));
    this.dialog.addEventListener("close", () => this.remove());
    this.addEventListener("input", ({ target }) => this.filter(target));
    this.addEventListener("submit", (event) => event.target.role === "search" && event.preventDefault());
    this.dialog.showModal();
    if (matchMedia("(pointer: fine)").matches) this.querySelector("input[type=search]").focus(); // elsewhere its keyboard covers the list
  }

  filter({ value, form }) {
    if ("cut" in form.dataset) return this.askSoon(value);
    const said = folded(value);
    for (const { row, names } of this.rows) row.hidden = !names.includes(said);
    this.say(said && this.rows.every(({ row }) => row.hidden));
  }

  /** There are more names than the sheet holds. */
  askSoon(value) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const found = (await fetched(`${this.address}&q=${encodeURIComponent(value)}`)).querySelector(".who-list");
      this.querySelector(".who-list").replaceWith(found);
      this.say(!found.children.length);
    }, PAUSE);
  }

  say(isNone) {
    this.none.textContent = isNone ? this.none.dataset.none : "";
  }

  dismiss({ target, clientX: x, clientY: y }) {
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    if (target === this.dialog && (x < left || x > right || y < top || y > bottom)) this.dialog.close();
  }
});

/** Resolves when what gives the sheet its look is there. */
const styled = () => {
  let sheet = document.querySelector(`link[href="${css}"]`);
  if (sheet?.sheet) return undefined;
  if (!sheet) document.head.append((sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: css })));
  return new Promise((done) => ["load", "error"].forEach((type) => sheet.addEventListener(type, done, { once: true })));
};

/** Open the sheet with the list at this address. What is on screen counts as read before the site is asked who is met. */
export async function open({ href: address }) {
  const reading = document.querySelector("reading-place");
  reading.querySelector("read-along").check();
  if (reading.runs.length) await reading.report();
  const [sheet] = await Promise.all([fetched(address), styled()]);
  if (!document.querySelector("who-sheet")) document.body.append(Object.assign(document.adoptNode(sheet), { address }));
}
