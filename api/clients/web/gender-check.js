// <gender-check for="body" endpoint="/soat-bai"></gender-check>
//
// Checks what is typed in a textarea or a contenteditable, marks the findings, explains them, offers the rewording and
// shows the gate. One file, no build, nothing loaded from elsewhere.
//
//   for       id of the textarea or contenteditable; without it the first one inside the element
//   headline  id of the input that holds the title (optional)
//   kind      article (as without it) or regulation
//   kind-from id of a select whose value is the kind, where the person chooses
//   endpoint  where POST sends the article as JSON; answers as POST /v1/checks does. A key must not stand in a page that
//             readers see: let the CMS pass requests on and add the key there.
//   key       a key all the same, for pages behind the newsroom's login: whoever can open the page can read it. It goes
//             out as Authorization only. On another origin than the server's it works where the server was started with
//             --origin and this page's origin; cookies never go to another origin.
//   csrf      sent as the header x-csrf-word
//   delay     milliseconds of rest before a check (800)
//
// Marks follow their words while somebody types; those whose words were touched wait for the next check. A suggestion is
// offered as a replacement only where the server says that it can stand in the text (clauses of village regulations).
//
// Event "gender-check", bubbling: detail = {gate, findings, incomplete}. Property `gate`: "pass", "review", "block" or "".
"use strict";

(() => {
  const GATES = { pass: "Có thể đăng", review: "Cần xem lại", block: "Chưa đăng được" };
  const TRIES = 3;
  const QUIET = 500; // milliseconds after which a check that is under way is spoken of
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
    static observedAttributes = ["for", "headline", "kind-from"];

    #editor = null;
    #title = null;
    #kind = null;
    #timer = 0;
    #late = 0;
    #asked = null;
    #answer = null;
    #words = "";
    #places = [];
    #ranges = [];
    #veil = make("div", { className: "veil", ariaHidden: "true" });
    #gate = make("span", { className: "gate", hidden: true });
    #said = make("span", { className: "soft", role: "status" });
    #list = make("ol");
    #typed = () => { this.#follow(); this.#later(); };
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
      const slow = setTimeout(() => this.#say("Đang soát…"), QUIET);
      try {
        const headers = { "Content-Type": "application/json" };
        if (this.getAttribute("key")) headers.Authorization = `Bearer ${this.getAttribute("key")}`;
        if (this.getAttribute("csrf")) headers["x-csrf-word"] = this.getAttribute("csrf");
        const response = await fetch(this.getAttribute("endpoint") ?? "/v1/checks",
          { method: "POST", headers, body: JSON.stringify(article), signal: asked.signal, credentials: "same-origin" });
        const answer = await response.json().catch(() => ({}));
        if (!response.ok) { this.#show(null, answer.title ?? `Máy chủ trả lời mã ${response.status}. Xin thử lại.`); return; }
        if (!answer.findings) { this.#show(null, "Máy chủ không trả kết quả; có thể phiên làm việc đã hết. Xin tải lại trang."); return; }
        this.#words = article.body;
        this.#show(answer);
        this.#follow();
        this.#late = answer.incomplete ? this.#late + 1 : 0;
        if (answer.incomplete && this.#late <= TRIES) {
          this.#say("Máy chủ chưa soát kịp, đang thử lại…");
          this.#timer = setTimeout(() => this.check(), 1500 * this.#late);
        }
      } catch (error) {
        if (error.name !== "AbortError") this.#show(null, "Không gọi được máy chủ soát giới. Bài vẫn còn nguyên; xin thử lại.");
      } finally { clearTimeout(slow); }
    }

    #attach() {
      this.#detach();
      const named = this.getAttribute("for");
      this.#editor = named ? document.getElementById(named) : this.querySelector("textarea, [contenteditable]");
      const title = this.getAttribute("headline");
      this.#title = title ? document.getElementById(title) : null;
      const kinds = this.getAttribute("kind-from");
      this.#kind = kinds ? document.getElementById(kinds) : null;
      if (!this.#editor) { this.#say("Không thấy ô soạn thảo để soát."); return; }
      for (const one of [this.#editor, this.#title, this.#kind]) one?.addEventListener("input", this.#typed);
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
      for (const one of [this.#editor, this.#title, this.#kind]) one?.removeEventListener("input", this.#typed);
      this.#editor?.removeEventListener("scroll", this.#moved);
      window.removeEventListener("resize", this.#moved);
      this.#watch.disconnect();
      this.#places = [];
      this.#mark();
      this.#editor = this.#title = this.#kind = null;
    }

    get #isArea() { return this.#editor instanceof HTMLTextAreaElement || this.#editor instanceof HTMLInputElement; }

    #later() {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.check(), Number(this.getAttribute("delay") ?? 800));
    }

    #article() {
      const kind = this.#kind?.value || this.getAttribute("kind") || "article";
      return { title: this.#title ? this.#title.value : undefined, body: this.#read().text, format: "text", kind };
    }

    // What the editor holds as text, and where each of its text nodes begins in it. Blocks are set apart by a blank line.
    #read() {
      if (!this.#editor) return { text: "", nodes: [] };
      if (this.#isArea) return { text: this.#editor.value, nodes: [] };
      const nodes = [];
      let text = "";
      const apart = () => { if (text && !text.endsWith("\n\n")) text += "\n\n"; };
      const walk = (parent) => {
        for (const child of parent.childNodes) {
          if (child.nodeType === Node.TEXT_NODE) {
            nodes.push({ node: child, start: text.length });
            text += child.data.replace(/[\t\n\r]/g, " ");
          } else if (child.nodeName === "BR") text += "\n";
          else if (child.nodeType === Node.ELEMENT_NODE) {
            const { display } = getComputedStyle(child);
            if (display === "none") continue;
            const block = !display.startsWith("inline") && display !== "contents";
            if (block) apart();
            walk(child);
            if (block) apart();
          }
        }
      };
      walk(this.#editor);
      return { text, nodes };
    }

    // Move the marks with their words after an edit.
    #follow() {
      const before = this.#words, now = this.#read().text;
      if (before === now) return;
      const least = Math.min(before.length, now.length);
      let head = 0, tail = 0;
      while (head < least && before[head] === now[head]) head++;
      while (tail < least - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
      const touched = before.length - tail, by = now.length - before.length;
      this.#places = this.#places.flatMap((place) => {
        if (place.end <= head) return [place];
        return place.start >= touched ? [{ ...place, start: place.start + by, end: place.end + by }] : [];
      });
      this.#words = now;
      this.#mark();
    }

    #say(words) { if (this.#said.textContent !== words) this.#said.textContent = words; }

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
      this.#places = (answer?.places ?? []).filter((place) => place.field === "body")
        .map((place) => ({ id: place.finding, start: place.utf16_start, end: place.utf16_end }));
      this.#mark();
      this.dispatchEvent(new CustomEvent("gender-check", {
        bubbles: true, composed: true,
        detail: { gate: this.gate, findings: answer?.findings ?? [], incomplete: answer?.incomplete ?? !answer },
      }));
    }

    #card(finding) {
      const place = this.#answer.places.find((one) => one.finding === finding.id);
      const quote = make("q", { textContent: finding.quote });
      const where = !place || place.field === "body" ? "" : place.field === "title" ? " · ở tựa bài" : " · ngoài thân bài";
      const level = make("span", { className: "soft", textContent: ` ${finding.severity} · ${LEVELS[finding.severity] ?? ""}${where}` });
      const card = make("li", {}, make("p", {}, quote, level), make("p", { textContent: finding.message }));
      if (finding.why) card.append(make("p", { className: "soft", textContent: finding.why }));
      const label = place?.rewording ? "Có thể viết lại: " : "Gợi ý: ";
      card.append(make("p", {}, make("strong", { textContent: label }), place?.rewording ?? finding.suggestion));
      if (place?.field !== "body") return card;
      const go = make("button", { type: "button", textContent: "Đến chỗ này" });
      go.addEventListener("click", () => this.#goTo(finding.id));
      card.append(go);
      if (place.rewording) {
        const put = make("button", { type: "button", textContent: "Thay bằng câu này" });
        put.addEventListener("click", () => this.#replace(finding.id, place.rewording));
        card.append(put);
      }
      return card;
    }

    // Select the words of a finding in the editor; says whether they are still there.
    #goTo(id) {
      const place = this.#places.find((one) => one.id === id);
      if (!place) { this.#say("Chỗ này vừa được sửa; kết quả mới sẽ hiện sau giây lát."); return false; }
      this.#editor.focus();
      if (this.#isArea) {
        // Browsers show the end of a selection only where the caret comes to it.
        this.#editor.setSelectionRange(place.start, place.start);
        this.#editor.blur();
        this.#editor.focus();
        this.#editor.setSelectionRange(place.start, place.end);
        return true;
      }
      const range = this.#range(place, this.#read().nodes);
      if (!range) return false;
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
      return true;
    }

    // Put a rewording in place of the words it is for; the editor's own undo takes it back.
    #replace(id, words) {
      if (!this.#goTo(id)) return;
      const place = this.#places.find((one) => one.id === id);
      if (!document.execCommand("insertText", false, words) && this.#isArea) {
        this.#editor.setRangeText(words, place.start, place.end, "end");
        this.#editor.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      this.#say("Đã thay. Bấm Ctrl+Z để lấy lại câu cũ.");
    }

    #level(id) { return this.#answer?.findings.find((finding) => finding.id === id)?.severity ?? ""; }

    #mark() {
      this.#drawVeil();
      this.#highlight();
    }

    // A copy of a textarea's words lies over it, invisible but for the lines under findings.
    #drawVeil() {
      this.#veil.replaceChildren();
      if (!this.#editor || !this.#isArea || !this.#places.length) { this.#veil.hidden = true; return; }
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
      for (const { id, start, end } of [...this.#places].sort((one, other) => one.start - other.start)) {
        if (start < at) continue;
        this.#veil.append(words.slice(at, start), make("mark", { className: this.#level(id), textContent: words.slice(start, end) }));
        at = end;
      }
      this.#veil.append(`${words.slice(at)}\n`);
      this.#veil.scrollTop = this.#editor.scrollTop;
    }

    // A contenteditable is marked without being touched (CSS Custom Highlight API).
    #highlight() {
      if (!globalThis.CSS?.highlights) return;
      for (const [shared, range] of this.#ranges) shared.delete(range);
      this.#ranges = [];
      if (this.#isArea || !this.#places.length) return;
      const { nodes } = this.#read();
      for (const place of this.#places) {
        const name = `gender-check-${this.#level(place.id)}`, range = this.#range(place, nodes);
        if (!range) continue;
        const shared = CSS.highlights.get(name) ?? new Highlight(); // one for all editors of the page
        shared.add(range);
        CSS.highlights.set(name, shared);
        this.#ranges.push([shared, range]);
      }
    }

    // Return the range of a place among the text nodes of the editor.
    #range({ start, end }, nodes) {
      const first = nodes.findLast((one) => one.start <= start), last = nodes.findLast((one) => one.start < end);
      if (!first || !last) return null;
      const range = document.createRange();
      range.setStart(first.node, Math.min(start - first.start, first.node.length));
      range.setEnd(last.node, Math.min(end - last.start, last.node.length));
      return range;
    }
  }

  if (!customElements.get("gender-check")) customElements.define("gender-check", GenderCheck);
})();
