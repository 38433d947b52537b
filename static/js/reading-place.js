// Reports to the site what was read and where the eye is. Inside it stand <steady-text>, which knows the place, and
// <read-along>, which notices what is read.
const PAUSE = 10_000; // ms from one report to the next
const box = ({ element }) => element.getBoundingClientRect();

customElements.define("reading-place", class extends HTMLElement {
  runs = []; // read, and not known to the site yet: { first, last } are indexes of paragraphs
  reportedAt = -PAUSE;

  connectedCallback() {
    const { reachedUrl, wholeUrl } = this.closest("main").dataset;
    Object.assign(this, { url: reachedUrl, isWhole: location.pathname === wholeUrl, late: sessionStorage.getItem(reachedUrl) });
    this.text = this.querySelector("steady-text");
    this.addEventListener("paragraphread", (event) => this.add(event.detail));
    addEventListener("scroll", () => this.reportSoon(), { passive: true });
    addEventListener("online", () => this.report());
    // An answer that a form gets must not be undone by one to a report that left before it.
    document.addEventListener("submit", ({ target }) => target.method === "post" && this.hush(true));
    addEventListener("pageshow", () => this.hush(false));
    addEventListener("pagehide", () => {
      this.isHushed = false;
      this.leave();
      this.isHushed = true;
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
  }

  /** Lengthen the run. In a whole chapter a jump of more than a screen begins another one: pages lie between. */
  add(index) {
    const all = this.text.paragraphs, run = this.runs.at(-1);
    const gap = run && Math.max(box(all[index]).top - box(all[run.last]).bottom, box(all[run.first]).top - box(all[index]).bottom);
    if (!run || (this.isWhole && gap > innerHeight)) this.runs.push({ first: index, last: index });
    else Object.assign(run, { first: Math.min(run.first, index), last: Math.max(run.last, index) });
    this.reportSoon();
  }

  /** The next thing to say, if any; who goes back over what was read only says where the eye is now. */
  next() {
    const { paragraphs, place } = this.text, here = paragraphs.indexOf(place);
    if (!this.runs.length && place?.isRead && place !== this.known) this.runs.push({ first: here, last: here });
    return this.runs[0];
  }

  reportSoon() {
    this.timer ||= setTimeout(() => this.report(), this.reportedAt + PAUSE - performance.now());
  }

  /** One report at a time over all tabs, because each answer sets the cookie that the next one builds on. */
  async report() {
    this.timer = clearTimeout(this.timer);
    if (!this.next()) return;
    this.reportedAt = performance.now();
    const all = async () => {
      if (this.late && (await this.post(this.late))) this.late = "";
      while (this.next()) if (!(await this.send())) return this.reportSoon();
    };
    await (navigator.locks ? navigator.locks.request(this.url, all) : all());
  }

  async send() {
    const [run] = this.runs, { first, last } = run, { paragraphs, place } = this.text;
    const labels = { start: paragraphs[first].label, point: paragraphs[last].label, place: place.label };
    if (!(await this.post(`${new URLSearchParams({ by: "reading", ...labels })}`))) return false;
    this.known = place;
    if (run.last > last) run.first = last;
    else this.runs = this.runs.filter((other) => other !== run);
    return true;
  }

  hush(isHushed) {
    this.isHushed = isHushed;
    if (isHushed) this.flight?.abort();
    this.body = "";
  }

  /** Whether the site has it. What cannot be sent stays with the tab, and goes out from the next page. */
  post(body) {
    if (this.isHushed) return false;
    if (this.body === body) return this.answer; // it is on its way
    this.flight?.abort(); // what that one said is in this one too
    const { signal } = (this.flight = new AbortController());
    this.body = body;
    if (!navigator.onLine) sessionStorage.setItem(this.url, body);
    const sent = fetch(this.url, { method: "POST", body: new URLSearchParams(body), keepalive: true, signal });
    this.answer = sent.then(({ status }) => status < 500, () => false);
    this.answer.then((isKept) => {
      if (signal.aborted || this.isHushed) return;
      this.body = "";
      isKept ? sessionStorage.removeItem(this.url) : sessionStorage.setItem(this.url, body);
    });
    return this.answer;
  }

  /** Say what there is to say, now; at the foot of a page all of it counts as read. Gives a promise, or nothing. */
  leave({ isDone = false } = {}) {
    const { paragraphs } = this.text;
    this.querySelector("read-along").check();
    if (isDone && !this.isWhole && paragraphs.length) this.add(paragraphs.length - 1);
    return this.next() && this.send();
  }
});
