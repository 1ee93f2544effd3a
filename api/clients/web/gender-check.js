// <gender-check for="body" endpoint="/soat-bai"></gender-check>
//
// Checks what is typed in a textarea or a contenteditable, marks the findings, explains them, offers the rewording and
// shows the gate. One file, no build, nothing loaded from elsewhere.
//
//   for       id of the textarea or contenteditable; without it the first one inside the element
//   headline  id of the input that holds the title (optional)
//   endpoint  where POST sends the article as JSON; answers as POST /v1/checks does. A key must not stand in a page that
//             readers see: let the CMS pass requests on and add the key there.
//   key       a key all the same, for pages behind the newsroom's login: whoever can open the page can read it. It goes
//             out as Authorization only. On another origin than the server's it works where the server was started with
//             --origin and this page's origin; cookies never go to another origin.
//   csrf      sent as the header x-csrf-word
//   delay     milliseconds of rest before a check (800)
//
// Event "gender-check", bubbling: detail = {gate, findings, incomplete}. Property `gate`: "pass", "review", "block" or "".
"use strict";

(() => {
  const GATES = { pass: "Có thể đăng", review: "Cần xem lại", block: "Chưa đăng được" };
  const TRIES = 3;
  const LEVELS = { S4: "trái luật", S4x: "trái luật, không vì giới", S3: "định kiến", S2: "khuôn mẫu", S1: "cách dùng từ" };

  const STYLE = `
    :host { display: block; font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #1c1b19; --line: #d5d1c9; --soft: #55524c; --sheet: #fff; --link: #0b4f8a; }
    @media (prefers-color-scheme: dark) { :host { color: #efece6; --line: #45423c; --soft: #bcb7ad; --sheet: #201f1c; --link: #8fc4f5; } }
    [part=panel] { border: 1px solid var(--line); border-radius: 6px; background: var(--sheet); padding: 8px 12px; margin-top: 6px; }
    [part=gate] { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin: 0; }
    .gate { font-weight: 700; padding: 1px 10px; border-radius: 1em; border: 1px solid; }
    .pass { color: #1d6a35; background: #dcf2e2; } .review { color: #8a4200; background: #fde8d3; } .block { color: #9b1c1c; background: #fde2e0; }
    .soft { color: var(--soft); }
    ol { margin: 8px 0 0; padding: 0; list-style: none; }
    li { border-top: 1px solid var(--line); padding: 8px 0; }
    q { quotes: "“" "”"; font-weight: 600; overflow-wrap: anywhere; }
    p { margin: 4px 0; }
    button { font: inherit; color: var(--link); background: none; border: 1px solid; border-radius: 4px; padding: 2px 10px; min-height: 28px; margin: 4px 6px 0 0; cursor: pointer; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .now { background: color-mix(in srgb, var(--link) 10%, transparent); }
    .veil { position: absolute; overflow: hidden; pointer-events: none; color: transparent; background: none; border-style: solid; border-color: transparent; white-space: pre-wrap; overflow-wrap: break-word; z-index: 1; }
    .veil mark { color: transparent; background: none; text-decoration: underline wavy 2px; text-underline-offset: 3px; text-decoration-skip-ink: none; }
    mark.S4, mark.S4x { text-decoration-color: #c62828; } mark.S3 { text-decoration-color: #c75b00; }
    mark.S2 { text-decoration-color: #9a7800; } mark.S1 { text-decoration-color: #3d63b8; }
    [hidden] { display: none; }`;
  const PAGE_STYLE = `
    ::highlight(gender-check-S4), ::highlight(gender-check-S4x) { text-decoration: underline wavy 2px #c62828; }
    ::highlight(gender-check-S3) { text-decoration: underline wavy 2px #c75b00; }
    ::highlight(gender-check-S2) { text-decoration: underline wavy 2px #9a7800; }
    ::highlight(gender-check-S1) { text-decoration: underline wavy 2px #3d63b8; }`;
  const COPIED = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "lineHeight", "letterSpacing", "wordSpacing", "textIndent", "textTransform",
    "textAlign", "tabSize", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderRightWidth", "borderBottomWidth",
    "borderLeftWidth", "direction", "boxSizing"];

  const sheet = (css) => { const made = new CSSStyleSheet(); made.replaceSync(css); return made; };
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  class GenderCheck extends HTMLElement {
    static observedAttributes = ["for", "headline"];

    #editor = null;
    #title = null;
    #timer = 0;
    #late = 0;
    #asked = null;
    #answer = null;
    #sent = null;
    #veil = make("div", { className: "veil", ariaHidden: "true" });
    #gate = make("span", { className: "gate", hidden: true });
    #said = make("span", { className: "soft", role: "status" });
    #list = make("ol");
    #typed = () => this.#later();
    #moved = () => this.#drawVeil();
    #watch = new ResizeObserver(() => this.#drawVeil());

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet(STYLE)];
      const again = make("button", { type: "button", textContent: "Soát ngay" });
      again.addEventListener("click", () => this.check());
      const head = make("p", {}, this.#gate, this.#said, again);
      head.setAttribute("part", "gate");
      const panel = make("section", {}, head, this.#list);
      panel.setAttribute("part", "panel");
      panel.setAttribute("aria-label", "Soát giới");
      root.append(make("slot"), this.#veil, panel);
    }

    get gate() { return this.#answer?.gate ?? ""; }

    connectedCallback() { queueMicrotask(() => this.#attach()); }

    disconnectedCallback() { this.#detach(); }

    attributeChangedCallback() { if (this.isConnected) this.#attach(); }

    // Check now what stands in the editor.
    async check() {
      clearTimeout(this.#timer);
      this.#asked?.abort();
      const article = this.#article();
      if (!article.body.trim() && !(article.title ?? "").trim()) { this.#show(null, "Chưa có gì để soát."); return; }
      const asked = this.#asked = new AbortController();
      this.#say("Đang soát…");
      try {
        const headers = { "Content-Type": "application/json" };
        if (this.getAttribute("key")) headers.Authorization = `Bearer ${this.getAttribute("key")}`;
        if (this.getAttribute("csrf")) headers["x-csrf-word"] = this.getAttribute("csrf");
        const response = await fetch(this.getAttribute("endpoint") ?? "/v1/checks",
          { method: "POST", headers, body: JSON.stringify(article), signal: asked.signal, credentials: "same-origin" });
        const answer = await response.json().catch(() => ({}));
        if (!response.ok) { this.#show(null, answer.title ?? `Máy chủ trả lời mã ${response.status}. Xin thử lại.`); return; }
        this.#sent = article;
        this.#show(answer);
        this.#late = answer.incomplete ? this.#late + 1 : 0;
        if (answer.incomplete && this.#late <= TRIES) {
          this.#say("Máy chủ chưa soát kịp, đang thử lại…");
          this.#timer = setTimeout(() => this.check(), 1500 * this.#late);
        }
      } catch (error) {
        if (error.name !== "AbortError") this.#show(null, "Không gọi được máy chủ soát giới. Bài vẫn còn nguyên; xin thử lại.");
      }
    }

    #attach() {
      this.#detach();
      const named = this.getAttribute("for");
      this.#editor = named ? document.getElementById(named) : this.querySelector("textarea, [contenteditable]");
      const title = this.getAttribute("headline");
      this.#title = title ? document.getElementById(title) : null;
      if (!this.#editor) { this.#say("Không thấy ô soạn thảo để soát."); return; }
      for (const one of [this.#editor, this.#title]) one?.addEventListener("input", this.#typed);
      this.#editor.addEventListener("scroll", this.#moved);
      window.addEventListener("resize", this.#moved);
      this.#watch.observe(this.#editor);
      if (!this.#isArea && !GenderCheck.styled) {
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(PAGE_STYLE)];
        GenderCheck.styled = true;
      }
      this.#later();
    }

    #detach() {
      clearTimeout(this.#timer);
      this.#asked?.abort();
      for (const one of [this.#editor, this.#title]) one?.removeEventListener("input", this.#typed);
      this.#editor?.removeEventListener("scroll", this.#moved);
      window.removeEventListener("resize", this.#moved);
      this.#watch.disconnect();
      this.#highlight([]);
      this.#editor = this.#title = null;
    }

    get #isArea() { return this.#editor instanceof HTMLTextAreaElement || this.#editor instanceof HTMLInputElement; }

    #later() {
      clearTimeout(this.#timer);
      this.#veil.replaceChildren();
      this.#highlight([]);
      this.#timer = setTimeout(() => this.check(), Number(this.getAttribute("delay") ?? 800));
    }

    #article() {
      const title = this.#title ? this.#title.value : undefined;
      if (this.#isArea) return { title, body: this.#editor.value, format: "text" };
      return { title, body: this.#editor?.innerHTML ?? "", format: "html" };
    }

    #say(words) { this.#said.textContent = words; }

    #show(answer, trouble = "") {
      this.#answer = answer;
      this.#gate.hidden = !answer;
      this.#list.replaceChildren();
      if (answer) {
        this.#gate.className = `gate ${answer.gate}`;
        this.#gate.textContent = GATES[answer.gate] ?? answer.gate;
        const count = answer.findings.length;
        this.#say(answer.error?.message ?? (count ? `${count} chỗ nên xem` : "Chưa thấy chỗ nào cần xem."));
        this.#list.append(...answer.findings.map((finding) => this.#card(finding)));
      } else this.#say(trouble);
      this.#drawVeil();
      this.#highlight(answer?.findings ?? []);
      this.dispatchEvent(new CustomEvent("gender-check", {
        bubbles: true, composed: true,
        detail: { gate: this.gate, findings: answer?.findings ?? [], incomplete: answer?.incomplete ?? !answer },
      }));
    }

    #place(finding) { return this.#answer.places.find((place) => place.finding === finding.id); }

    #card(finding) {
      const quote = make("q", { textContent: finding.quote });
      const level = make("span", { className: "soft", textContent: ` ${finding.severity} · ${LEVELS[finding.severity] ?? ""}` });
      const card = make("li", {}, make("p", {}, quote, level), make("p", { textContent: finding.message }));
      if (finding.why) card.append(make("p", { className: "soft", textContent: finding.why }));
      card.append(make("p", {}, make("strong", { textContent: "Gợi ý: " }), finding.suggestion));
      const place = this.#place(finding);
      const go = make("button", { type: "button", textContent: "Đến chỗ này" });
      go.addEventListener("click", () => this.#goTo(place));
      const put = make("button", { type: "button", textContent: "Thay bằng gợi ý" });
      put.addEventListener("click", () => this.#replace(place, finding));
      const copy = make("button", { type: "button", textContent: "Chép gợi ý" });
      copy.addEventListener("click", async () => {
        await navigator.clipboard?.writeText(finding.suggestion).catch(() => {});
        this.#say("Đã chép gợi ý.");
      });
      if (place && place.field === "body") card.append(go, put);
      card.append(copy);
      return card;
    }

    // Select a finding in the editor.
    #goTo(place) {
      this.#editor.focus();
      if (this.#isArea) { this.#editor.setSelectionRange(place.utf16_start, place.utf16_end); return; }
      const range = this.#range(this.#finding(place));
      if (!range) return;
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    }

    // Put the suggestion in place of a finding; the editor's own undo takes it back.
    #replace(place, finding) {
      this.#goTo(place);
      if (!document.execCommand("insertText", false, finding.suggestion) && this.#isArea) {
        this.#editor.setRangeText(finding.suggestion, place.utf16_start, place.utf16_end, "end");
        this.#editor.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    }

    #finding(place) { return this.#answer.findings.find((finding) => finding.id === place.finding); }

    // A copy of a textarea's words lies over it, invisible but for the lines under findings.
    #drawVeil() {
      this.#veil.replaceChildren();
      const found = (this.#answer?.places ?? []).filter((place) => place.field === "body");
      if (!this.#editor || !this.#isArea || !found.length || this.#editor.value !== this.#sent?.body) { this.#veil.hidden = true; return; }
      const style = getComputedStyle(this.#editor);
      for (const name of COPIED) this.#veil.style[name] = style[name];
      this.#veil.hidden = false;
      const base = this.#veil.offsetParent;
      const shift = !base || base === document.body ? { left: -scrollX, top: -scrollY } : base.getBoundingClientRect();
      const box = this.#editor.getBoundingClientRect();
      Object.assign(this.#veil.style, {
        left: `${box.left - shift.left}px`, top: `${box.top - shift.top}px`, height: `${box.height}px`,
        width: `${box.width - (this.#editor.offsetWidth - this.#editor.clientWidth - parseFloat(style.borderLeftWidth) - parseFloat(style.borderRightWidth))}px`,
      });
      const words = this.#editor.value;
      let at = 0;
      for (const place of found.sort((one, other) => one.utf16_start - other.utf16_start)) {
        if (place.utf16_start < at) continue;
        this.#veil.append(words.slice(at, place.utf16_start),
          make("mark", { className: this.#finding(place).severity, textContent: words.slice(place.utf16_start, place.utf16_end) }));
        at = place.utf16_end;
      }
      this.#veil.append(`${words.slice(at)}\n`);
      this.#veil.scrollTop = this.#editor.scrollTop;
    }

    // A contenteditable is marked without being touched (CSS Custom Highlight API).
    #highlight(findings) {
      if (!globalThis.CSS?.highlights || this.#isArea) return;
      for (const level of Object.keys(LEVELS)) {
        const ranges = findings.filter((one) => one.severity === level).map((one) => this.#range(one)).filter(Boolean);
        if (ranges.length) CSS.highlights.set(`gender-check-${level}`, new Highlight(...ranges));
        else CSS.highlights.delete(`gender-check-${level}`);
      }
    }

    // Find the words of a finding among the text nodes of the editor; white space may differ.
    #range(finding) {
      const walker = document.createTreeWalker(this.#editor, NodeFilter.SHOW_TEXT);
      const letters = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at++) if (!/\s/.test(node.data[at])) letters.push([node, at]);
      }
      const all = letters.map(([node, at]) => node.data[at]).join("").normalize("NFC");
      const wanted = finding.quote.replace(/\s+/g, "").normalize("NFC");
      const start = all.length === letters.length ? all.indexOf(wanted) : -1;
      if (start < 0) return null;
      const range = document.createRange();
      range.setStart(...letters[start]);
      const [node, at] = letters[start + wanted.length - 1];
      range.setEnd(node, at + 1);
      return range;
    }
  }

  if (!customElements.get("gender-check")) customElements.define("gender-check", GenderCheck);
})();
