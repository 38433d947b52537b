// The card of a name in the text. page-names.js loads this file when a name is first asked for; from then on it listens by
// itself. A card stands below its word, in the list of a wide screen, or rises as a sheet where fingers point.
const HOVER = 250; // ms that a pointer rests on a name before its card opens
const GRACE = 300; // ms in which it may cross from the name to the card
const GAP = 8; // px between the word and its card, and between the card and the window's edge
const NAMES = ".name, .on-page li > a";
const { cardCss } = document.querySelector("[data-card-css]").dataset;
const cards = new Map(); // address → promise of a card's mark-up

const isSheet = () => matchMedia("(pointer: coarse), (width < 704px)").matches;
const isPlain = () => document.documentElement.dataset.names === "plain";
const isKeyboard = (link) => link.matches(":focus-visible");

/** Resolves when what gives cards their look is there. */
const styled = () => {
  let sheet = document.querySelector(`link[href="${cardCss}"]`);
  if (sheet?.sheet) return undefined;
  if (!sheet) document.head.append((sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: cardCss })));
  return new Promise((done) => ["load", "error"].forEach((type) => sheet.addEventListener(type, done, { once: true })));
};

/** The point as of which the card is cut: the name's paragraph; from the list, the eye's, if that one is still to come. */
function pointOf(link, text) {
  const { pathname, searchParams } = new URL(link.href), point = searchParams.get("from");
  const element = text.paragraphs.find(({ label }) => label === point)?.element;
  const isAhead = element && element.getBoundingClientRect().top > innerHeight;
  return { path: pathname, point: isAhead ? text.place.label : point };
}

/** Who points at a name has read up to its paragraph: the site hears of it before it is asked what may be known there. */
async function told(point, reading) {
  const { paragraphs } = reading.text, index = paragraphs.findIndex(({ label }) => label === point);
  if (index >= 0 && !paragraphs[index].isRead) {
    paragraphs[index].isRead = true;
    reading.add(index);
  }
  if (reading.runs.length) await reading.report();
}

function card(link) {
  const reading = document.querySelector("reading-place"), { path, point } = pointOf(link, reading.text);
  const address = `${path}card/?at=${point}`;
  const ask = async () => {
    await told(point, reading);
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }), html = await answer.text();
    if (!answer.ok) throw new Error(address);
    if (html.includes("<form")) cards.delete(address); // the question, which has an answer
    return html;
  };
  if (!cards.has(address)) cards.set(address, ask());
  cards.get(address).catch(() => cards.delete(address));
  return cards.get(address);
}

class NameCard extends HTMLElement {
  sheet = Object.assign(document.createElement("dialog"), { className: "sheet name-sheet", innerHTML: '<div class="sheet-handle"></div>' });

  listen() {
    for (const type of ["pointerover", "click", "keydown"]) document.addEventListener(type, (event) => this[type](event), true);
    document.documentElement.addEventListener("pointerleave", () => this.leave());
    addEventListener("resize", () => this.parentElement !== this.sheet && this.close());
    addEventListener("pagehide", () => this.close());
    this.sheet.setAttribute("aria-labelledby", "name-card");
    this.sheet.addEventListener("close", () => this.close());
    this.addEventListener("focusout", ({ relatedTarget: to }) => to && !this.contains(to) && !this.sheet.open && this.close());
  }

  pointerover({ target, pointerType }) {
    if (pointerType === "touch" || isPlain()) return;
    const link = target.closest(NAMES);
    clearTimeout(this.timer);
    if (this.link && (link === this.link || this.contains(target))) this.stay();
    else if (link && !this.isPinned && !this.isAwaited && !isSheet()) this.timer = setTimeout(() => this.open(link, "hover"), HOVER);
    else this.leave();
  }

  /** What was only pointed at is no longer wanted; what was pressed is. */
  stay() {
    if (!this.isAwaited) this.wanted = this.link;
  }

  leave() {
    clearTimeout(this.timer);
    this.stay();
    if (this.link && !this.isPinned && !this.closest("li")) this.timer = setTimeout(() => this.close(), GRACE);
  }

  click(event) {
    const link = event.target.closest?.(NAMES), isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const isOurs = link && !isHeld && !event.defaultPrevented && !isPlain() && event.button === 0;
    if (event.target.closest?.("[data-close]") || event.target === this.sheet) event.preventDefault(), this.close();
    else if (isOurs) event.preventDefault(), this.open(link, "press");
    else if (!this.contains(event.target)) this.close();
  }

  keydown(event) {
    if (!this.link) return;
    if (event.key === "Escape") event.preventDefault(), this.close();
    if (event.key !== "Tab" || this.sheet.open || !this.contains(document.activeElement)) return;
    const stops = [...this.querySelectorAll("a[href], button")].filter((one) => one.checkVisibility()), { shiftKey } = event;
    const isEnd = shiftKey ? [stops[0], this].includes(document.activeElement) : document.activeElement === stops.at(-1);
    if (isEnd && shiftKey) event.preventDefault(); // the name itself is what stands before its card
    if (isEnd) this.close();
  }

  async open(link, how) {
    clearTimeout(this.timer);
    const isPress = how === "press";
    if (link === this.link) return this.again(isPress);
    Object.assign(this, { wanted: link, isAwaited: isPress });
    try {
      const [html] = await Promise.all([card(link), styled()]);
      if (this.wanted === link) this.show(link, html, isPress);
    } catch {
      if (isPress) location.assign(link.href);
    }
  }

  again(isPress) {
    if (!isPress) return;
    if (isKeyboard(this.link)) this.focus();
    else if (this.isPinned) this.close();
    this.isPinned = Boolean(this.link);
  }

  show(link, html, isPress) {
    const isKeys = isPress && isKeyboard(link);
    this.close();
    Object.assign(this, { link, wanted: link, isPinned: isPress, isAwaited: false, innerHTML: html, tabIndex: -1 });
    link.ariaExpanded = "true";
    if (isSheet()) return this.rise();
    this.setAttribute("role", "dialog");
    this.setAttribute("aria-labelledby", "name-card");
    if (!this.joinList()) this.stand();
    if (isKeys) this.focus({ preventScroll: true });
  }

  rise() {
    this.removeAttribute("role");
    this.sheet.append(this);
    document.body.append(this.sheet);
    this.sheet.showModal();
  }

  /** In the list of a wide screen, in the place of its line, if there it is wholly on screen. */
  joinList() {
    if (!matchMedia("(width >= 1600px)").matches) return false;
    const line = [...document.querySelectorAll(".on-page li > a")].find(({ pathname }) => pathname === this.link.pathname);
    if (!line?.checkVisibility()) return false;
    line.parentElement.append(this);
    const { top, bottom } = this.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }

  /** Below the word, above it where there is no room, and never outside the window. */
  stand() {
    document.body.append(this);
    const rects = this.link.getClientRects(), first = rects[0], last = rects[rects.length - 1];
    const { offsetWidth: width, offsetHeight: height } = this, { clientWidth } = document.documentElement;
    const floor = innerHeight - (document.querySelector(".foot-bar")?.offsetHeight ?? 0) - GAP;
    const isAbove = last.bottom + GAP + height > floor && first.top - GAP - height >= GAP;
    const within = (value, most) => Math.max(GAP, Math.min(value, most - GAP));
    const top = isAbove ? first.top - GAP - height : within(last.bottom + GAP, floor - height + GAP);
    const left = within((isAbove ? first : last).left - 3 * GAP, clientWidth - width);
    Object.assign(this.style, { top: `${scrollY + top}px`, left: `${scrollX + left}px` });
  }

  close() {
    clearTimeout(this.timer);
    const { link } = this, isInside = this.contains(document.activeElement);
    if (!link) return;
    this.link = this.wanted = null;
    this.isPinned = this.isAwaited = false;
    link.ariaExpanded = null;
    const isFocused = isInside || this.sheet.open;
    this.sheet.close();
    this.remove();
    this.sheet.remove();
    if (isFocused) link.focus({ preventScroll: true });
    this.removeAttribute("style");
  }
}
customElements.define("name-card", NameCard);
const box = new NameCard();
box.listen();

/** Open the card of a name: at once ("press"), or when the pointer has rested on it ("hover"). */
export function open(link, how) {
  if (how === "hover") box.pointerover({ target: link });
  else box.open(link, how);
}
